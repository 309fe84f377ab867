import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Theme

// What stands where nothing is, and what to do about it.
Item {
    id: empty

    property string iconName: "info"
    property string title
    property string text
    default property alias actions: row.data

    implicitHeight: column.implicitHeight
    implicitWidth: column.implicitWidth

    ColumnLayout {
        id: column
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.l, Theme.dialog)
        spacing: Theme.m

        Rectangle {
            Layout.alignment: Qt.AlignHCenter
            Layout.preferredWidth: Theme.px(64)
            Layout.preferredHeight: Theme.px(64)
            radius: width / 2
            color: Theme.colors.surfaceHover

            Icon {
                anchors.centerIn: parent
                width: Theme.px(28)
                height: Theme.px(28)
                name: empty.iconName
                color: Theme.colors.textDim
            }
        }
        BodyText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: empty.title
            font.pixelSize: Theme.title
            strong: true
        }
        BodyText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            lineHeight: 1.25
            text: empty.text
            dim: true
            visible: text !== ""
        }
        Row {
            id: row
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.s
            spacing: Theme.s
        }
    }
}
