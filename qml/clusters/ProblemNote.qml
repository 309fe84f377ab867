import QtQuick
import QtQuick.Layouts
import Kates.Components
import Kates.Theme

// What went wrong and the one thing that mends it.
Rectangle {
    id: note

    required property string problem
    required property string fix

    implicitHeight: column.implicitHeight + 2 * Theme.s
    radius: Theme.radiusSmall
    color: Theme.colors.removedGround
    Accessible.role: Accessible.AlertMessage
    Accessible.name: problem + " " + fix

    ColumnLayout {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.s
        spacing: Theme.xs

        BodyText {
            Layout.fillWidth: true
            text: note.problem
            color: Theme.colors.removed
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
            maximumLineCount: 4
        }
        BodyText {
            Layout.fillWidth: true
            visible: text !== ""
            text: note.fix === "" ? "" : qsTr("Fix: %1").arg(note.fix)
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
            maximumLineCount: 3
        }
    }
}
