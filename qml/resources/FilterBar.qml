import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// What of a table is shown: words, labels and states as one line of text that can be kept under a name.
RowLayout {
    id: bar

    required property ResourceTable table

    signal leaveRequested // the keyboard goes back to the rows

    spacing: Theme.xs

    readonly property var words: ({
        "failing": qsTr("Failing"), "waiting": qsTr("Waiting"), "progressing": qsTr("Progressing"), "terminating": qsTr("Terminating"),
        "unknown": qsTr("Unknown"), "ok": qsTr("OK"), "done": qsTr("Done")
    })
    readonly property var entries: {
        const states = (table ? table.states() : []).map(state => ({ state: state, name: "", text: words[state] }))
        const saved = (table ? table.savedFilters : []).map(filter => ({ state: "", name: filter.name, text: filter.name, filter: filter.filter,
            resourceId: filter.resourceId }))
        return states.concat(saved)
    }

    signal savedChosen(string resourceId, string filter)

    function take() {
        box.forceActiveFocus()
        box.selectAll()
    }

    TextBox {
        id: box
        Layout.fillWidth: true
        Layout.minimumWidth: Theme.px(120)
        iconName: "search"
        wrong: bar.table && bar.table.filterProblem !== ""
        label: qsTr("Filter: words, !word, -l labels, is:state")
        placeholderText: qsTr("Filter: words, -l app=web (/)")
        text: bar.table ? bar.table.filter : ""
        onTextEdited: bar.table.filter = text
        Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape
        Keys.onEscapePressed: {
            bar.table.filter = ""
            bar.leaveRequested()
        }
        Keys.onDownPressed: bar.leaveRequested()
        Keys.onReturnPressed: bar.leaveRequested()
    }
    IconButton {
        id: button
        iconName: "filter"
        explanation: qsTr("States and saved filters")
        checked: menu.visible
        onClicked: menu.visible ? menu.close() : menu.open()

        MenuPopup {
            id: menu
            x: button.width - width
            y: button.height + Theme.xs
            model: bar.entries
            header: MenuRow {
                iconName: "plus"
                text: qsTr("Keep this filter …")
                enabled: bar.table && bar.table.filter.trim() !== "" && bar.table.filterProblem === ""
                opacity: enabled ? 1 : 0.5
                onClicked: {
                    menu.close()
                    keep.ask()
                }
            }
            delegate: MenuRow {
                id: entry

                required property var modelData
                readonly property bool saved: modelData.name !== ""

                text: modelData.text
                detail: saved ? modelData.filter : ""
                checkable: !saved
                checked: saved ? bar.table.filter === modelData.filter : bar.table.filter.split(" ").includes("is:" + modelData.state)
                rightPadding: saved ? Theme.controlSmall + Theme.xs : 0
                onClicked: {
                    if (saved) {
                        bar.savedChosen(modelData.resourceId, modelData.filter)
                        menu.close()
                    } else {
                        bar.table.toggleState(modelData.state)
                    }
                }
                Keys.onDeletePressed: {
                    if (saved)
                        bar.table.removeFilter(modelData.name)
                }

                IconButton {
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    visible: entry.saved
                    iconName: "trash"
                    explanation: qsTr("Forget the filter %1").arg(entry.modelData.name)
                    onClicked: bar.table.removeFilter(entry.modelData.name)
                }
            }
        }
    }

    Sheet {
        id: keep

        title: qsTr("Keep this filter")

        function ask() {
            nameBox.text = ""
            open()
            nameBox.forceActiveFocus()
        }

        function save() {
            bar.table.saveFilter(nameBox.text)
            close()
        }

        BodyText {
            width: parent.width
            code: true
            dim: true
            text: bar.table ? bar.table.filter : ""
        }
        TextBox {
            id: nameBox
            objectName: "filterName"
            width: parent.width
            placeholderText: qsTr("Name")
            Keys.onReturnPressed: keep.save()
        }

        buttons: [
            AppButton {
                text: qsTr("Cancel")
                onClicked: keep.close()
            },
            AppButton {
                primary: true
                enabled: nameBox.text.trim() !== ""
                text: qsTr("Keep")
                onClicked: keep.save()
            }
        ]
    }
}
