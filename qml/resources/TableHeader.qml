import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The names of the columns; each sorts.
Row {
    id: header

    required property ResourceTable table
    required property var columns

    Repeater {
        model: header.columns

        T.AbstractButton {
            id: title

            required property var modelData
            readonly property bool sorted: header.table && header.table.sortColumn === modelData.column

            width: modelData.width
            height: header.height
            hoverEnabled: true
            focusPolicy: Qt.TabFocus
            onClicked: header.table.sortBy(modelData.column)
            Accessible.role: Accessible.ColumnHeader
            Accessible.name: modelData.name + (sorted ? header.table.sortDescending ? qsTr(", descending") : qsTr(", ascending") : "")
            Accessible.description: modelData.description
            Accessible.onPressAction: title.clicked()

            contentItem: Row {
                spacing: Theme.xs
                leftPadding: Theme.s

                SectionTitle {
                    anchors.verticalCenter: parent.verticalCenter
                    width: Math.min(implicitWidth, title.width - Theme.xl)
                    text: title.modelData.name
                    color: title.hovered || title.sorted ? Theme.colors.text : Theme.colors.textFaint
                    Accessible.ignored: true
                }
                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: title.sorted
                    width: Theme.m
                    height: Theme.m
                    name: header.table && header.table.sortDescending ? "down" : "sortup"
                    color: Theme.colors.accent
                }
            }
            background: Item {
                FocusRing {
                    shown: title.visualFocus
                    anchors.margins: 1
                }
            }
            Tip {
                shown: title.hovered && title.modelData.description !== ""
                text: title.modelData.description
            }
        }
    }
}
