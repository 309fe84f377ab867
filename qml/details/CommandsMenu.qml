import QtQuick
import QtQuick.Templates as T
import Kates.Components
import Kates.Theme

// The kubectl commands of the actions, each ready to be copied.
T.Popup {
    id: popup

    required property var entries // {text, command}

    y: parent ? parent.height + Theme.xs : 0
    width: Math.min(Theme.drawer - 2 * Theme.l, parent && parent.Window.window ? parent.Window.window.width - 2 * Theme.l : Theme.card)
    margins: Theme.s
    padding: Theme.m
    focus: true
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent

    background: Rectangle {
        radius: Theme.radius
        color: Theme.colors.surfaceRaised
        border.width: Theme.hair
        border.color: Theme.colors.borderStrong
    }

    contentItem: Column {
        spacing: Theme.s

        Repeater {
            model: popup.entries

            Column {
                id: entry

                required property var modelData

                width: popup.availableWidth
                spacing: 2

                Caption {
                    text: entry.modelData.text
                }
                CommandHint {
                    width: parent.width
                    command: entry.modelData.command
                }
            }
        }
    }
}
