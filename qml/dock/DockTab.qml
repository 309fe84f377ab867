import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// One tab of the dock.
T.AbstractButton {
    id: tab

    required property bool active
    required property string iconName
    property int count: 0 // shown when it is not 0
    property bool warn: false
    property bool closable: false

    signal closeRequested

    implicitWidth: content.implicitWidth + Theme.m
    implicitHeight: Theme.px(30)
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.PageTab
    Accessible.name: count > 0 ? qsTr("%1, %2").arg(text).arg(count) : text
    Accessible.selected: active
    Accessible.onPressAction: tab.clicked()
    Keys.onDeletePressed: {
        if (closable)
            closeRequested()
    }

    contentItem: Item {
        Row {
            id: content
            anchors.centerIn: parent
            spacing: Theme.xs

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.iconSize
                height: Theme.iconSize
                name: tab.iconName
                color: tab.active ? Theme.colors.accent : Theme.colors.textFaint
            }
            BodyText {
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, Theme.px(190))
                text: tab.text
                elide: Text.ElideMiddle
                font.pixelSize: Theme.small
                font.weight: tab.active ? Font.DemiBold : Font.Normal
                dim: !tab.active
                Accessible.ignored: true
            }
            Caption {
                anchors.verticalCenter: parent.verticalCenter
                visible: tab.count > 0
                text: tab.count
                color: tab.warn ? Theme.stateColor(ObjectState.Failing) : Theme.colors.accent
                Accessible.ignored: true
            }
            IconButton {
                visible: tab.closable
                focusPolicy: Qt.NoFocus // Delete does it
                implicitWidth: Theme.px(20)
                implicitHeight: Theme.px(20)
                iconName: "close"
                explanation: qsTr("Close %1").arg(tab.text)
                onClicked: tab.closeRequested()
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: tab.active ? Theme.colors.surfaceHover : "transparent"

        FocusRing {
            shown: tab.visualFocus
            anchors.margins: 1
        }
    }
}
