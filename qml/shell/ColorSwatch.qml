import QtQuick
import QtQuick.Templates as T
import Kates.Components
import Kates.Theme

// One colour to choose; "" is none.
T.AbstractButton {
    id: swatch

    required property string colorName
    required property string label
    property bool chosen: false

    implicitWidth: Theme.control
    implicitHeight: Theme.control
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.RadioButton
    Accessible.name: label
    Accessible.checked: chosen
    Accessible.onPressAction: swatch.clicked()

    background: Rectangle {
        radius: width / 2
        color: "transparent"
        border.width: swatch.chosen ? Theme.focusWidth : 0
        border.color: Theme.colors.text

        FocusRing {
            shown: swatch.visualFocus
            radius: parent.radius + Theme.focusWidth
        }
    }
    contentItem: Item {
        Rectangle {
            anchors.centerIn: parent
            width: Theme.px(20)
            height: width
            radius: width / 2
            color: swatch.colorName === "" ? "transparent" : Theme.protectionColor(swatch.colorName)
            border.width: swatch.colorName === "" ? Theme.hair : 0
            border.color: Theme.colors.borderStrong
        }
    }

    Tip {
        shown: swatch.hovered
        text: swatch.label
    }
}
