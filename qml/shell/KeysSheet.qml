import QtQuick
import QtQuick.Layouts
import Kates.Components
import Kates.Theme

// Every key that the window knows, by place. “?” opens it.
Sheet {
    id: sheet

    readonly property var groups: [
        { "title": qsTr("Everywhere"), "keys": [
            ["Ctrl+K", qsTr("Find or go to anything")],
            [":", qsTr("Command: :po shop, :deploy /web, :ns shop, :ctx prod")],
            ["/", qsTr("Search, or filter the list")],
            ["Ctrl+1 … 4", qsTr("Clusters, map, resources, deploy")],
            ["Ctrl+L", qsTr("Lock or unlock the cluster, choose its colour")],
            ["Esc", qsTr("Close what is open on top")],
            ["Tab, Shift+Tab", qsTr("To the next or previous control")],
            ["?", qsTr("These keys")]
        ] },
        { "title": qsTr("Lists and menus"), "keys": [
            ["↑ ↓", qsTr("Move")],
            ["Enter", qsTr("Open")],
            ["Space", qsTr("Choose or take back")]
        ] },
        { "title": qsTr("Tables"), "keys": [
            ["D, Y, L, S", qsTr("Details, YAML, logs, shell")],
            ["Space, Ctrl+A", qsTr("Mark a row, or all")],
            ["Ctrl+D", qsTr("Delete what is marked")],
            ["C, Shift+C", qsTr("Copy the name, or the row")]
        ] },
        { "title": qsTr("Map"), "keys": [
            ["↑ ↓ ← →, Enter", qsTr("Walk from thing to thing, open")],
            ["+ −", qsTr("Zoom")],
            ["0, 1", qsTr("Show everything, or its real size")],
            ["T", qsTr("The same as text")],
            ["Z, E", qsTr("Zoom to what is chosen, fold or unfold it")],
            ["R, P, M", qsTr("Arrange anew, unpin, motion on or off")]
        ] }
    ]

    // As they stand on the user's keyboard.
    function keyText(keys: string): string {
        return keys.replace("Ctrl", qsTr("Ctrl")).replace("Shift", qsTr("Shift")).replace("Enter", qsTr("Enter")).replace("Space", qsTr("Space"))
    }

    title: qsTr("Keys")
    width: Math.min(Theme.dialogWide, parent ? parent.width - 2 * Theme.xl : Theme.dialogWide)

    ColumnLayout {
        width: parent.width
        spacing: Theme.m

        Repeater {
            model: sheet.groups

            ColumnLayout {
                id: group
                required property var modelData
                Layout.fillWidth: true
                spacing: Theme.xs

                SectionTitle {
                    text: group.modelData.title
                }
                Repeater {
                    model: group.modelData.keys

                    RowLayout {
                        id: line
                        required property var modelData
                        Layout.fillWidth: true
                        spacing: Theme.m

                        BodyText {
                            Layout.preferredWidth: Theme.px(150)
                            text: sheet.keyText(line.modelData[0])
                            code: true
                            strong: true
                        }
                        BodyText {
                            Layout.fillWidth: true
                            text: line.modelData[1]
                            wrapMode: Text.Wrap
                        }
                    }
                }
            }
        }
    }

    buttons: [
        AppButton {
            text: qsTr("Close")
            onClicked: sheet.close()
        }
    ]
}
