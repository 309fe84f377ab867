import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// One row of a TableGrid.
T.Control {
    id: row

    required property int index
    required property string key
    required property string name
    required property string ns
    required property int state // ObjectState
    required property var cells
    required property var columns
    property bool selected: false
    property bool marked: false
    property double markWidth: Theme.l

    signal taken(int modifiers)

    width: ListView.view ? ListView.view.width : implicitWidth
    implicitHeight: Theme.px(30)
    hoverEnabled: true
    readonly property bool highlighted: ListView.isCurrentItem && ListView.view.activeFocus
    Accessible.role: Accessible.Row
    Accessible.name: cells.join(", ")
    Accessible.selected: marked
    Accessible.onPressAction: row.taken(0)

    contentItem: Row {
        leftPadding: row.markWidth

        Repeater {
            model: row.columns

            Item {
                id: cell

                required property int index
                required property var modelData
                readonly property string value: modelData.column < 0 ? row.ns : row.cells[modelData.column] ?? ""

                width: modelData.width
                height: row.height

                StateGlyph {
                    id: glyph
                    x: Theme.s
                    anchors.verticalCenter: parent.verticalCenter
                    visible: cell.modelData.status && row.state !== ObjectState.Neutral
                    width: visible ? Theme.px(13) : 0
                    height: Theme.px(13)
                    value: row.state
                    color: Theme.stateColor(row.state)
                }
                BodyText {
                    x: Theme.s + (glyph.visible ? glyph.width + Theme.xs : 0)
                    width: parent.width - x - Theme.s
                    height: parent.height
                    text: cell.value
                    font.pixelSize: Theme.small
                    font.weight: cell.index === 0 ? Font.Medium : Font.Normal
                    color: cell.index === 0 ? Theme.colors.text
                        : cell.modelData.status && row.state !== ObjectState.Neutral ? Theme.stateColor(row.state) : Theme.colors.textDim
                    Accessible.ignored: true
                }
            }
        }
    }

    // Above the content: a press says with which keys it came.
    MouseArea {
        anchors.fill: parent
        onClicked: mouse => row.taken(mouse.x < row.markWidth ? Qt.ControlModifier : mouse.modifiers)
    }

    background: Rectangle {
        color: row.marked || row.selected ? Theme.colors.accentSoft : row.hovered || row.highlighted ? Theme.colors.surfaceHover : "transparent"

        Rectangle {
            x: (row.markWidth - width) / 2
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(14)
            height: Theme.px(14)
            visible: row.marked || row.hovered
            radius: Theme.xs - 1
            color: row.marked ? Theme.colors.accent : "transparent"
            border.width: row.marked ? 0 : Theme.hair
            border.color: Theme.colors.borderStrong

            Icon {
                anchors.fill: parent
                anchors.margins: 1
                visible: row.marked
                name: "check"
                color: Theme.colors.accentText
            }
        }
        Rectangle {
            visible: row.highlighted
            width: Theme.xs - 1
            height: parent.height
            color: Theme.colors.accent
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.hair
            color: Theme.alpha(Theme.colors.border, 0.5)
        }
    }
}
