import QtQuick
import QtQuick.Templates as T
import Kates.Theme

// A row of words of which one is chosen. Arrow keys move between them.
Row {
    id: strip

    required property var names // strings
    property int current: 0

    signal chosen(int index)

    spacing: Theme.xs
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Views")

    Repeater {
        model: strip.names

        T.AbstractButton {
            id: tab

            required property int index
            required property string modelData
            readonly property bool active: index === strip.current

            implicitWidth: label.implicitWidth + 2 * Theme.m
            implicitHeight: Theme.px(34)
            hoverEnabled: true
            focusPolicy: Qt.TabFocus
            onClicked: strip.chosen(index)
            Keys.onLeftPressed: strip.chosen(Math.max(0, strip.current - 1))
            Keys.onRightPressed: strip.chosen(Math.min(strip.names.length - 1, strip.current + 1))
            Accessible.role: Accessible.PageTab
            Accessible.name: modelData
            Accessible.selected: active
            Accessible.onPressAction: tab.clicked()

            contentItem: BodyText {
                id: label
                text: tab.modelData
                horizontalAlignment: Text.AlignHCenter
                color: tab.active ? Theme.colors.text : tab.hovered ? Theme.colors.text : Theme.colors.textDim
                font.weight: tab.active ? Font.DemiBold : Font.Medium
                Accessible.ignored: true
            }

            background: Item {
                Rectangle {
                    anchors.bottom: parent.bottom
                    x: Theme.s
                    width: parent.width - 2 * Theme.s
                    height: 2
                    radius: 1
                    color: tab.active ? Theme.colors.accent : "transparent"
                }
                FocusRing {
                    shown: tab.visualFocus
                    anchors.margins: 2
                }
            }
        }
    }
}
