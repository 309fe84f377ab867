import QtQuick
import Kates.Components

// A button of the action bar. When it cannot be used, its tooltip says why; when it can, it says what kubectl would be told.
Item {
    id: holder

    required property string text
    required property string iconName
    property string refusal
    property string command
    property bool danger: false
    readonly property bool explained: tip.shown

    signal clicked

    implicitWidth: button.implicitWidth
    implicitHeight: button.implicitHeight

    AppButton {
        id: button
        compact: true
        danger: holder.danger
        iconName: holder.iconName
        text: holder.text
        enabled: holder.refusal === ""
        Accessible.description: holder.refusal !== "" ? holder.refusal : holder.command
        onClicked: holder.clicked()
    }
    // A button that is disabled does not notice the mouse.
    HoverHandler {
        id: hover
    }
    Tip {
        id: tip
        shown: text !== ""
        text: !hover.hovered && !button.visualFocus ? "" : holder.refusal !== "" ? holder.refusal : holder.command
    }
}
