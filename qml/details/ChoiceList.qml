import QtQuick
import QtQuick.Templates as T
import Kates.Components
import Kates.Theme

// A few choices, one below the other, of which one holds.
Column {
    id: list

    required property var choices // {value, text}
    required property int current

    signal chosen(int value)

    spacing: Theme.xs

    Repeater {
        model: list.choices

        T.RadioButton {
            id: choice

            required property var modelData

            width: list.width
            implicitHeight: Theme.controlSmall
            hoverEnabled: true
            focusPolicy: Qt.StrongFocus
            autoExclusive: false
            checked: modelData.value === list.current
            text: modelData.text
            onClicked: list.chosen(modelData.value)
            Accessible.role: Accessible.RadioButton
            Accessible.name: text

            indicator: Rectangle {
                x: Theme.xs
                anchors.verticalCenter: parent ? parent.verticalCenter : undefined
                width: Theme.glyphSize
                height: width
                radius: width / 2
                color: "transparent"
                border.width: Theme.focusWidth
                border.color: choice.checked ? Theme.colors.accent : Theme.colors.borderStrong

                Rectangle {
                    anchors.centerIn: parent
                    visible: choice.checked
                    width: parent.width / 2
                    height: width
                    radius: width / 2
                    color: Theme.colors.accent
                }
            }
            contentItem: BodyText {
                leftPadding: Theme.glyphSize + Theme.m
                text: choice.text
                Accessible.ignored: true
            }
            background: Rectangle {
                radius: Theme.radiusSmall
                color: choice.hovered ? Theme.colors.surfaceHover : "transparent"

                FocusRing {
                    shown: choice.visualFocus
                    radius: parent.radius + Theme.focusWidth
                }
            }
        }
    }
}
