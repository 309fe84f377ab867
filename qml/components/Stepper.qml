import QtQuick
import QtQuick.Templates as T
import Kates.Theme

// A small number with a button on either side.
FocusScope {
    id: stepper

    property int value: 0
    property int from: 0
    property int to: 100
    property int step: 1
    property string label

    signal changed(int value)

    implicitWidth: Theme.px(132)
    implicitHeight: Theme.control
    Accessible.role: Accessible.SpinBox
    Accessible.name: label + ": " + value

    function move(by) {
        const next = Math.max(from, Math.min(to, value + by))
        if (next !== value)
            changed(next)
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusSmall + 1
        color: Theme.colors.surfaceRaised
        border.width: input.activeFocus ? Theme.focusWidth : Theme.hair
        border.color: input.activeFocus ? Theme.colors.accent : Theme.colors.borderStrong
    }

    IconButton {
        anchors.left: parent.left
        anchors.leftMargin: Theme.xs
        anchors.verticalCenter: parent.verticalCenter
        iconName: "minus"
        explanation: qsTr("Fewer")
        enabled: stepper.value > stepper.from
        focusPolicy: Qt.NoFocus
        autoRepeat: true
        onClicked: stepper.move(-stepper.step)
    }

    T.TextField {
        id: input
        focus: true
        anchors.centerIn: parent
        width: parent.width - 2 * (Theme.controlSmall + Theme.s)
        height: parent.height
        horizontalAlignment: TextInput.AlignHCenter
        verticalAlignment: TextInput.AlignVCenter
        text: stepper.value
        color: Theme.colors.text
        selectionColor: Theme.colors.accent
        selectedTextColor: Theme.colors.accentText
        font.pixelSize: Theme.body
        selectByMouse: true
        validator: IntValidator {
            bottom: stepper.from
            top: stepper.to
        }
        Accessible.name: stepper.label
        onTextEdited: {
            if (acceptableInput)
                stepper.changed(parseInt(text))
        }
        Keys.onUpPressed: stepper.move(stepper.step)
        Keys.onDownPressed: stepper.move(-stepper.step)
    }

    IconButton {
        anchors.right: parent.right
        anchors.rightMargin: Theme.xs
        anchors.verticalCenter: parent.verticalCenter
        iconName: "plus"
        explanation: qsTr("More")
        enabled: stepper.value < stepper.to
        focusPolicy: Qt.NoFocus
        autoRepeat: true
        onClicked: stepper.move(stepper.step)
    }
}
