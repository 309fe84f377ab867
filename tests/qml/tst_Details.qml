import QtQuick
import QtTest
import Kates.App
import Kates.Details

Item {
    id: root
    width: 600
    height: 500

    Component {
        id: actionComponent
        ActionButton {
            text: "Restart"
            iconName: "restart"
            command: "kubectl rollout restart deployment/web"
        }
    }
    Component {
        id: choicesComponent
        ChoiceList {
            width: 300
            choices: [{ value: 3, text: "three" }, { value: 5, text: "five" }]
            current: 3
            onChosen: value => current = value
        }
    }
    Component {
        id: tickComponent
        Tick {
            width: 300
            text: "Lose the data"
        }
    }
    Component {
        id: menuComponent
        CompletionMenu {
            choices: [
                { text: "replicas", type: "integer", about: "How many pods.", required: false, insert: "replicas: " },
                { text: "template", type: "object", about: "", required: true, insert: "template:\n    " }
            ]
        }
    }
    Component {
        id: conditionComponent
        ConditionRow {
            width: 400
            condition: ({ type: "<b>Ready</b>", status: "True", state: ObjectState.Ok, reason: "", message: "It serves. ".repeat(40),
                since: new Date(), stale: true })
        }
    }
    Component {
        id: revisionComponent
        RevisionRow {
            width: 400
            index: 0
            modelData: ({ revision: 3, current: true, cause: "kubectl set image", images: "web: a:1\nside: b:2", created: new Date(), name: "web-1" })
        }
    }
    Component {
        id: commandsComponent
        CommandsMenu {
            entries: [{ text: "Scale", command: "kubectl scale deployment/web --replicas=2" }, { text: "Delete", command: "kubectl delete x" }]
        }
    }
    Component {
        id: gaugeComponent
        Gauge {
            width: 300
            label: "Ready"
            desired: 4
            observed: 1
        }
    }

    TestCase {
        name: "Details"
        when: windowShown

        function spy(target: var, name: string): var {
            const made = createTemporaryQmlObject("import QtTest; SignalSpy { signalName: '" + name + "' }", root)
            made.target = target
            return made
        }

        function test_anActionThatMayNotBeUsedSaysWhyAndDoesNothing() {
            const button = createTemporaryObject(actionComponent, root)
            const clicked = spy(button, "clicked")
            mouseClick(button)
            compare(clicked.count, 1)
            button.refusal = "You may not patch deployments."
            mouseClick(button)
            compare(clicked.count, 1)
            mouseMove(button, 4, 4)
            tryCompare(button, "explained", true)
        }

        function test_oneChoiceHoldsByMouseAndKeyboard() {
            const list = createTemporaryObject(choicesComponent, root)
            mouseClick(list.children[1])
            compare(list.current, 5)
            verify(list.children[1].checked && !list.children[0].checked)
            list.children[0].forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Space)
            compare(list.current, 3)
            verify(list.children[0].checked && !list.children[1].checked)
        }

        function test_aTickIsToggledByTheKeyboard() {
            const tick = createTemporaryObject(tickComponent, root)
            tick.forceActiveFocus(Qt.TabFocusReason)
            keyClick(Qt.Key_Space)
            verify(tick.checked)
        }

        function test_completionsAreMovedThroughAndChosen() {
            const menu = createTemporaryObject(menuComponent, root)
            compare(menu.choice.text, "replicas")
            menu.move(1)
            compare(menu.choice.text, "template")
            menu.move(1)
            compare(menu.choice.text, "template")
            menu.move(-5)
            compare(menu.choice.text, "replicas")
            const chosen = spy(menu, "chosen")
            mouseClick(menu, 40, 40)
            compare(chosen.count, 1)
            compare(chosen.signalArguments[0][0].text, "template")
        }

        function test_longTextWrapsWithinItsRow() {
            const row = createTemporaryObject(conditionComponent, root)
            tryVerify(() => row.implicitHeight > 60)
            verify(row.width <= 400)
        }

        function test_aRevisionShowsAllItsImages() {
            const row = createTemporaryObject(revisionComponent, root)
            tryVerify(() => row.implicitHeight > 40)
            const high = row.implicitHeight
            row.modelData = Object.assign({}, row.modelData, { images: "web: a:1" })
            tryVerify(() => row.implicitHeight < high)
        }

        function test_commandsOpenAndClose() {
            const menu = createTemporaryObject(commandsComponent, root)
            menu.open()
            tryCompare(menu, "opened", true)
            verify(menu.contentItem.height > 80)
            keyClick(Qt.Key_Escape)
            tryCompare(menu, "opened", false)
        }

        function test_aGaugeSaysHowMuchIsMissing() {
            const gauge = createTemporaryObject(gaugeComponent, root)
            compare(gauge.value, ObjectState.Progressing)
            gauge.observed = 4
            compare(gauge.value, ObjectState.Ok)
        }
    }
}
