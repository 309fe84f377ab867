import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.Components
import Kates.Theme

// One kept revision: its number, cause, images and age.
T.ItemDelegate {
    id: row

    required property int index
    required property var modelData
    property bool selected: false

    implicitHeight: column.implicitHeight + 2 * Theme.s
    hoverEnabled: true
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("Revision %1").arg(modelData.revision) + " " + modelData.cause + " " + modelData.images
    Accessible.onPressAction: row.clicked()

    contentItem: Item {
        ColumnLayout {
            id: column
            x: Theme.m
            y: Theme.s
            width: parent.width - 2 * Theme.m
            spacing: 1

            RowLayout {
                spacing: Theme.s

                BodyText {
                    text: qsTr("Revision %1").arg(row.modelData.revision)
                    font.weight: Font.Medium
                    Accessible.ignored: true
                }
                Badge {
                    visible: row.modelData.current
                    text: qsTr("current")
                    tone: Theme.colors.accent
                }
                Caption {
                    Layout.fillWidth: true
                    text: row.modelData.cause
                    Accessible.ignored: true
                }
                AgeText {
                    when: row.modelData.created
                }
            }
            Caption {
                Layout.fillWidth: true
                text: row.modelData.images
                code: true
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: row.selected ? Theme.colors.accentSoft : row.hovered ? Theme.colors.surfaceHover : "transparent"
    }
}
