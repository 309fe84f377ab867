import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Theme

// One line of text to type in.
T.TextField {
    id: control

    property string iconName
    property bool wrong: false
    property string label // for screen readers; the visible label stands beside it

    implicitWidth: Theme.menu
    implicitHeight: Theme.control
    leftPadding: iconName === "" ? Theme.m : Theme.m + Theme.iconSize + Theme.s
    rightPadding: Theme.m
    color: Theme.colors.text
    placeholderTextColor: Theme.colors.textFaint
    selectionColor: Theme.colors.accent
    selectedTextColor: Theme.colors.accentText
    font.pixelSize: Theme.body
    verticalAlignment: TextInput.AlignVCenter
    selectByMouse: true

    Accessible.role: Accessible.EditableText
    Accessible.name: label !== "" ? label : placeholderText

    BodyText {
        x: control.leftPadding
        width: control.width - control.leftPadding - control.rightPadding
        height: control.height
        visible: control.length === 0 && control.preeditText === ""
        text: control.placeholderText
        color: control.placeholderTextColor
        Accessible.ignored: true
    }

    Icon {
        x: Theme.m
        anchors.verticalCenter: parent.verticalCenter
        visible: control.iconName !== ""
        width: Theme.iconSize
        height: Theme.iconSize
        name: control.iconName
        color: Theme.colors.textFaint
    }

    background: Rectangle {
        radius: Theme.radiusSmall + 1
        color: Theme.colors.surfaceRaised
        border.width: control.activeFocus ? Theme.focusWidth : Theme.hair
        border.color: control.wrong ? Theme.colors.danger : control.activeFocus ? Theme.colors.accent : Theme.colors.borderStrong
    }
}
