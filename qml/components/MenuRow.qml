import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Theme

// One row of a MenuPopup.
T.ItemDelegate {
    id: row

    property string detail
    property int glyph: -1 // ObjectState
    property string iconName

    width: ListView.view ? ListView.view.width : implicitWidth
    implicitHeight: Theme.row
    hoverEnabled: true
    highlighted: ListView.isCurrentItem && ListView.view.activeFocus
    Accessible.role: Accessible.MenuItem
    Accessible.name: text
    Accessible.onPressAction: row.clicked()
    Keys.onReturnPressed: row.clicked()
    Keys.onSpacePressed: row.clicked()

    contentItem: Item {
        StateGlyph {
            id: state
            x: Theme.s
            anchors.verticalCenter: parent.verticalCenter
            visible: row.glyph >= 0
            width: visible ? Theme.glyphSize : 0
            height: Theme.glyphSize
            value: Math.max(0, row.glyph)
            color: Theme.stateColor(value)
        }
        Icon {
            id: icon
            x: Theme.s
            anchors.verticalCenter: parent.verticalCenter
            visible: row.iconName !== ""
            width: visible ? Theme.iconSize : 0
            height: Theme.iconSize
            name: row.iconName
            color: Theme.colors.textDim
        }
        BodyText {
            anchors.left: parent.left
            anchors.leftMargin: Theme.s + Math.max(state.width, icon.width) + (state.visible || icon.visible ? Theme.s : 0)
            anchors.right: detail.left
            anchors.rightMargin: Theme.s
            anchors.verticalCenter: parent.verticalCenter
            text: row.text
            Accessible.ignored: true
        }
        Caption {
            id: detail
            anchors.right: tick.left
            anchors.rightMargin: Theme.s
            anchors.verticalCenter: parent.verticalCenter
            text: row.detail
        }
        Icon {
            id: tick
            anchors.right: parent.right
            anchors.rightMargin: Theme.s
            anchors.verticalCenter: parent.verticalCenter
            visible: row.checked
            width: visible ? Theme.iconSize : 0
            height: Theme.iconSize
            name: "check"
            color: Theme.colors.accent
        }
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: row.down ? Theme.colors.surfacePressed : row.hovered || row.highlighted ? Theme.colors.surfaceHover : "transparent"
    }
}
