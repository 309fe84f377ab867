import QtQuick
import QtQuick.Layouts
import Kates.Components
import Kates.Theme

// A network range with its name at the left and what is wrong with it below.
ColumnLayout {
    id: row

    required property string title
    required property string problem
    property alias text: box.text

    signal accepted

    width: parent ? parent.width : implicitWidth
    spacing: Theme.xs

    RowLayout {
        spacing: Theme.l

        BodyText {
            Layout.fillWidth: true
            text: row.title
            strong: true
        }
        TextBox {
            id: box
            Layout.preferredWidth: Theme.px(180)
            label: row.title
            wrong: row.problem !== ""
            maximumLength: 18
            onAccepted: row.accepted()
        }
    }
    Caption {
        Layout.fillWidth: true
        visible: row.problem !== ""
        text: row.problem
        color: Theme.colors.danger
        wrapMode: Text.Wrap
    }
}
