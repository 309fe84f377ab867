import QtQuick
import QtQuick.Layouts
import Kates.Theme

// The command line that does the same as the button beside it, ready to be copied.
Rectangle {
    id: hint

    required property string command

    implicitHeight: row.implicitHeight + 2 * Theme.xs
    color: Theme.colors.ground
    radius: Theme.radiusSmall
    border.width: Theme.hair
    border.color: Theme.colors.border

    TextEdit {
        id: clipboard
        visible: false
        text: hint.command
    }

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: Theme.m
        anchors.rightMargin: Theme.xs
        spacing: Theme.s

        BodyText {
            Layout.fillWidth: true
            text: hint.command
            code: true
            dim: true
            font.pixelSize: Theme.small
        }
        IconButton {
            iconName: "copy"
            explanation: qsTr("Copy the command")
            onClicked: {
                clipboard.selectAll()
                clipboard.copy()
            }
        }
    }
}
