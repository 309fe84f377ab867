import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// One page in the navigation.
T.Button {
    id: item

    property string iconName
    property bool chosen: false
    property bool narrow: false

    Layout.fillWidth: true
    implicitHeight: Theme.px(36)
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.selected: chosen
    Accessible.onPressAction: item.clicked()

    readonly property color ink: chosen ? Theme.colors.text : Theme.colors.textDim

    contentItem: Item {
        Icon {
            x: Theme.m - 2
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(18)
            height: Theme.px(18)
            name: item.iconName
            color: item.chosen ? Theme.colors.accent : item.ink
        }
        BodyText {
            x: Theme.px(38)
            width: parent.width - x
            anchors.verticalCenter: parent.verticalCenter
            visible: !item.narrow
            text: item.text
            color: item.ink
            font.weight: item.chosen ? Font.DemiBold : Font.Medium
            Accessible.ignored: true
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: item.chosen ? Theme.colors.accentSoft : item.hovered ? Theme.colors.surfaceHover : "transparent"

        FocusRing {
            shown: item.visualFocus
            anchors.margins: 0
        }
    }

    Tip {
        shown: item.hovered && item.narrow
        text: item.text
    }
}
