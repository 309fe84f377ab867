import QtQuick
import QtTest
import Kates.App
import Kates.Components

Item {
    width: 600
    height: 400

    Component {
        id: buttonComponent
        AppButton {
            text: "Apply"
            explanation: "kubectl apply"
        }
    }
    Component {
        id: stepperComponent
        Stepper {
            label: "Nodes"
            value: 2
            from: 0
            to: 4
            onChanged: next => value = next
        }
    }
    Component {
        id: boxComponent
        TextBox {
            placeholderText: "Name"
        }
    }
    Component {
        id: textComponent
        BodyText {
            text: "<b>bold</b><img src='file:///etc/passwd'>"
        }
    }
    Component {
        id: emptyComponent
        EmptyState {
            width: 400
            height: 300
            title: "Nothing"
            text: "Words"
            AppButton {
                objectName: "action"
                text: "Do it"
            }
        }
    }
    Component {
        id: menuComponent
        MenuPopup {
            model: ["one", "two"]
            delegate: MenuRow {
                required property string modelData
                text: modelData
            }
        }
    }

    TestCase {
        name: "Components"
        when: windowShown

        function test_buttonIsClickedByMouseAndKeyboard() {
            const button = createTemporaryObject(buttonComponent, parent)
            const clicked = createTemporaryQmlObject("import QtTest; SignalSpy { signalName: 'clicked' }", parent)
            clicked.target = button
            mouseClick(button)
            compare(clicked.count, 1)
            button.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Space)
            compare(clicked.count, 2)
            verify(button.width > 40)
        }

        function test_stepperStaysWithinItsLimits() {
            const stepper = createTemporaryObject(stepperComponent, parent)
            for (let i = 0; i < 5; ++i)
                stepper.move(1)
            compare(stepper.value, 4)
            stepper.forceActiveFocus()
            keyClick(Qt.Key_Down)
            compare(stepper.value, 3)
            stepper.move(-10)
            compare(stepper.value, 0)
        }

        function test_placeholderGoesWhenTyping() {
            const box = createTemporaryObject(boxComponent, parent)
            box.forceActiveFocus()
            keyClick(Qt.Key_X)
            compare(box.text, "x")
        }

        function test_textIsNeverMarkup() {
            const text = createTemporaryObject(textComponent, parent)
            compare(text.textFormat, Text.PlainText)
        }

        function test_emptyStateHoldsItsActions() {
            const empty = createTemporaryObject(emptyComponent, parent)
            const action = findChild(empty, "action")
            verify(action)
            verify(action.visible)
        }

        function test_menuOpensAndClosesByEscape() {
            const menu = createTemporaryObject(menuComponent, parent)
            menu.open()
            tryCompare(menu, "opened", true)
            keyClick(Qt.Key_Escape)
            tryCompare(menu, "visible", false)
        }
    }
}
