import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// One condition: glyph, type, since when, and what the controller says.
RowLayout {
    id: row

    required property var condition

    spacing: Theme.s
    Accessible.role: Accessible.ListItem
    Accessible.name: condition.type + " " + condition.status + " " + condition.message

    StateGlyph {
        Layout.alignment: Qt.AlignTop
        Layout.topMargin: 1
        Layout.preferredWidth: Theme.glyphSize
        Layout.preferredHeight: Theme.glyphSize
        value: row.condition.state
        color: Theme.stateColor(row.condition.state)
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        RowLayout {
            spacing: Theme.s

            BodyText {
                text: row.condition.type
                font.weight: Font.Medium
                Accessible.ignored: true
            }
            Caption {
                Layout.fillWidth: true
                text: row.condition.status + (row.condition.reason === "" ? "" : "  ·  " + row.condition.reason)
                    + (row.condition.stale ? "  ·  " + qsTr("of an older spec") : "")
            }
            AgeText {
                when: row.condition.since
            }
        }
        BodyText {
            Layout.fillWidth: true
            visible: text !== ""
            text: row.condition.message
            dim: true
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
        }
    }
}
