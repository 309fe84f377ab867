import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// The dock's tabs: what is open, the forwards, what runs; and at the right its size.
RowLayout {
    id: bar

    required property Dock dock
    required property Tasks tasks
    required property string section // "" when the dock is closed
    required property bool open
    required property bool tall

    signal chosen(string what)
    signal toggled
    signal tallRequested(bool on)

    spacing: Theme.xs
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("What is open in the dock")

    Flickable {
        Layout.fillWidth: true
        Layout.leftMargin: Theme.s
        implicitHeight: row.implicitHeight + 2 * 2
        contentWidth: row.implicitWidth
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Row {
            id: row
            y: 2
            spacing: Theme.xs

            Repeater {
                model: bar.dock ? bar.dock.titles : []

                DockTab {
                    required property int index
                    required property string modelData

                    text: modelData
                    iconName: bar.dock ? bar.dock.icons[index] ?? "" : ""
                    active: bar.section === "tab" && index === bar.dock.current
                    closable: true
                    onClicked: {
                        bar.dock.current = index
                        bar.chosen("tab")
                    }
                    onCloseRequested: bar.dock.close(index)
                }
            }
            DockTab {
                visible: bar.dock !== null
                text: qsTr("Forwards")
                iconName: "link"
                active: bar.section === "forwards"
                count: bar.dock ? bar.dock.forwards.active : 0
                onClicked: bar.chosen("forwards")
            }
            DockTab {
                text: qsTr("Tasks")
                iconName: "list"
                active: bar.section === "tasks"
                count: bar.tasks.running > 0 ? bar.tasks.running : bar.tasks.failed
                warn: bar.tasks.running === 0 && bar.tasks.failed > 0
                onClicked: bar.chosen("tasks")
            }
        }
    }
    IconButton {
        visible: bar.open
        iconName: bar.tall ? "down" : "up"
        explanation: bar.tall ? qsTr("Back to its size") : qsTr("The whole height")
        onClicked: bar.tallRequested(!bar.tall)
    }
    IconButton {
        Layout.rightMargin: Theme.s
        iconName: bar.open ? "minus" : "up"
        explanation: bar.open ? qsTr("Close the dock (Ctrl+`)") : qsTr("Open the dock (Ctrl+`)")
        onClicked: bar.toggled()
    }
}
