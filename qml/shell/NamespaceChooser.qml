import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// Which namespaces are shown: all, or any number of them. What is typed filters the list, and counts as a name even where the server does not tell
// which namespaces there are.
AppButton {
    id: chooser

    required property ClusterSession cluster
    readonly property var chosen: cluster ? cluster.chosenNamespaces : []
    readonly property int rowsMax: 200
    property var rows: []

    iconName: "filter"
    text: chosen.length === 0 ? qsTr("All namespaces") : chosen.length === 1 ? chosen[0] : qsTr("%1 namespaces").arg(chosen.length)
    explanation: qsTr("Choose the namespaces to show")
    onClicked: menu.visible ? menu.close() : begin()

    function begin() {
        box.text = ""
        read()
        menu.open()
        box.forceActiveFocus()
    }

    function toggle(name: string) {
        const rest = chosen.filter(other => other !== name)
        cluster.chosenNamespaces = rest.length === chosen.length ? rest.concat([name]) : rest
        read()
    }

    // The chosen ones first, so that they can be taken back; then those that the server has.
    function read() {
        if (!cluster)
            return
        const typed = box.text.trim()
        const model = cluster.namespaces
        const all = chosen.slice()
        for (let row = 0; row < model.count; ++row) {
            if (!chosen.includes(model.keyAt(row)))
                all.push(model.keyAt(row))
        }
        const list = all.filter(name => name.includes(typed)).slice(0, rowsMax)
        if (typed !== "" && !all.includes(typed))
            list.push(typed)
        rows = list
        view.currentIndex = list.length > 0 && typed !== "" ? 0 : -1
    }

    Connections {
        target: chooser.cluster ? chooser.cluster.namespaces : null
        enabled: menu.visible
        function onCountChanged() {
            chooser.read()
        }
    }

    T.Popup {
        id: menu
        y: chooser.height + Theme.xs
        width: Theme.menu
        padding: Theme.xs
        focus: true
        implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
        closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent
        onClosed: chooser.forceActiveFocus()

        background: Rectangle {
            radius: Theme.radius
            color: Theme.colors.surfaceRaised
            border.width: Theme.hair
            border.color: Theme.colors.borderStrong
        }

        contentItem: Column {
            spacing: Theme.xs

            TextBox {
                id: box
                width: parent.width
                iconName: "search"
                placeholderText: qsTr("Type to filter")
                label: qsTr("Filter the namespaces, or type a name")
                maximumLength: 63
                onTextEdited: chooser.read()
                onAccepted: {
                    if (view.currentIndex >= 0)
                        chooser.toggle(chooser.rows[view.currentIndex])
                    else
                        menu.close()
                }
                Keys.onDownPressed: view.incrementCurrentIndex()
                Keys.onUpPressed: view.decrementCurrentIndex()
            }
            Caption {
                width: parent.width
                leftPadding: Theme.s
                visible: chooser.cluster !== null && chooser.cluster.namespacesForbidden
                wrapMode: Text.Wrap
                text: qsTr("The server does not let you list namespaces. Type the names of those that you may see.")
            }
            MenuRow {
                width: parent.width
                text: qsTr("All namespaces")
                checked: chooser.chosen.length === 0
                onClicked: {
                    chooser.cluster.chosenNamespaces = []
                    chooser.read()
                }
            }
            ListView {
                id: view
                width: parent.width
                height: Math.min(contentHeight, Theme.px(280))
                implicitHeight: height
                clip: true
                model: chooser.rows
                boundsBehavior: Flickable.StopAtBounds
                highlightMoveDuration: 0
                T.ScrollBar.vertical: ThinScrollBar {}
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Namespaces")

                delegate: MenuRow {
                    required property string modelData
                    required property int index

                    width: ListView.view.width
                    text: modelData
                    detail: chooser.cluster && chooser.cluster.namespaces.indexOfKey(modelData) < 0 ? qsTr("as typed") : ""
                    highlighted: index === view.currentIndex
                    checked: chooser.chosen.includes(modelData)
                    onClicked: chooser.toggle(modelData)
                }
            }
        }
    }
}
