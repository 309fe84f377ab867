import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Theme

// The push button: plain, primary (one per view) or dangerous.
T.Button {
    id: control

    property string iconName
    property bool primary: false
    property bool danger: false
    property bool compact: false
    property string explanation // shown as a tooltip

    readonly property color ink: !enabled ? Theme.colors.textFaint
        : primary ? Theme.colors.accentText : danger ? Theme.colors.danger : Theme.colors.text

    implicitHeight: compact ? Theme.controlSmall : Theme.control
    implicitWidth: Math.max(implicitHeight, content.implicitWidth + leftPadding + rightPadding)
    leftPadding: compact ? Theme.s : Theme.m
    rightPadding: leftPadding
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.Button
    Accessible.name: text !== "" ? text : explanation
    Accessible.description: explanation
    Accessible.onPressAction: control.clicked()

    contentItem: Item {
        Row {
            id: content
            anchors.centerIn: parent
            spacing: Theme.s

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: control.iconName !== ""
                width: Theme.iconSize
                height: Theme.iconSize
                name: control.iconName
                color: control.ink
            }
            BodyText {
                anchors.verticalCenter: parent.verticalCenter
                visible: text !== ""
                text: control.text
                color: control.ink
                font.weight: Font.Medium
                font.pixelSize: control.compact ? Theme.small : Theme.body
                Accessible.ignored: true
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusSmall + 1
        readonly property color accent: control.down ? Qt.darker(Theme.colors.accent, 1.15) : control.hovered ? Qt.lighter(Theme.colors.accent, 1.07)
            : Theme.colors.accent
        color: !control.enabled ? Theme.colors.surfaceHover : control.primary ? accent
            : control.down ? Theme.colors.surfacePressed : control.hovered ? Theme.colors.surfaceHover : Theme.colors.surfaceRaised
        border.width: control.primary && control.enabled ? 0 : Theme.hair
        border.color: !control.enabled ? Theme.colors.border : control.danger && control.hovered ? Theme.colors.danger : Theme.colors.borderStrong

        FocusRing {
            shown: control.visualFocus
            radius: parent.radius + Theme.focusWidth
        }
    }

    Tip {
        shown: control.hovered && control.explanation !== ""
        text: control.explanation
    }
}
