import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// A check box with its sentence.
T.CheckBox {
    id: tick

    implicitHeight: Math.max(Theme.controlSmall, contentItem.implicitHeight)
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.CheckBox
    Accessible.name: text

    indicator: Rectangle {
        x: Theme.xs
        anchors.verticalCenter: parent ? parent.verticalCenter : undefined
        width: Theme.glyphSize
        height: width
        radius: Theme.radiusSmall / 2
        color: tick.checked ? Theme.colors.accent : "transparent"
        border.width: Theme.focusWidth
        border.color: tick.checked ? Theme.colors.accent : Theme.colors.borderStrong

        Icon {
            anchors.fill: parent
            visible: tick.checked
            name: "check"
            color: Theme.colors.accentText
        }
    }
    contentItem: BodyText {
        leftPadding: Theme.glyphSize + Theme.m
        text: tick.text
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    background: Rectangle {
        radius: Theme.radiusSmall
        color: tick.hovered ? Theme.colors.surfaceHover : "transparent"

        FocusRing {
            shown: tick.visualFocus
            radius: parent.radius + Theme.focusWidth
        }
    }
}
