import QtQuick
import QtQuick.Layouts
import Kates.Components
import Kates.Theme

// A choice with what it means at the left and its control at the right.
RowLayout {
    id: row

    required property string title
    required property string text
    default property alias control: slot.data

    width: parent ? parent.width : implicitWidth
    spacing: Theme.l

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 2

        BodyText {
            text: row.title
            strong: true
        }
        BodyText {
            Layout.fillWidth: true
            text: row.text
            dim: true
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
        }
    }
    Item {
        id: slot
        Layout.alignment: Qt.AlignTop
        implicitWidth: childrenRect.width
        implicitHeight: childrenRect.height
    }
}
