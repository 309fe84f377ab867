import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Theme

// A button that is only an icon; its explanation is its name.
T.Button {
    id: control

    required property string iconName
    required property string explanation
    property bool danger: false

    implicitWidth: Theme.controlSmall
    implicitHeight: Theme.controlSmall
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    opacity: enabled ? 1 : 0.4

    Accessible.role: Accessible.Button
    Accessible.name: explanation
    Accessible.onPressAction: control.clicked()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            width: Theme.iconSize
            height: Theme.iconSize
            name: control.iconName
            color: control.checked ? Theme.colors.accent
                : control.hovered ? (control.danger ? Theme.colors.danger : Theme.colors.text) : Theme.colors.textDim
        }
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: control.down ? Theme.colors.surfacePressed : control.checked ? Theme.colors.accentSoft
            : control.hovered ? Theme.colors.surfaceHover : "transparent"

        FocusRing {
            shown: control.visualFocus
            radius: parent.radius + Theme.focusWidth
        }
    }

    Tip {
        shown: control.hovered
        text: control.explanation
    }
}
