import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// A new cluster. What each choice means stands beside it while it is made.
Sheet {
    id: dialog

    required property ClusterActions actions
    required property ObjectListModel clusters
    property int masters: 1
    property int nodes: 2
    property int simulatedNodes: 0
    property string runtime: "Auto"
    property bool more: false
    readonly property int mastersMax: 1 // of this engine: several need the etcd store
    readonly property string podsDefault: "10.244.0.0/16"
    readonly property string servicesDefault: "10.96.0.0/16"
    readonly property string podsProblem: actions.podRangeProblem(podsBox.text)
    readonly property string servicesProblem: actions.serviceRangeProblem(servicesBox.text, podsBox.text)
    readonly property bool valid: nameProblem === "" && masters <= mastersMax && podsProblem === "" && servicesProblem === ""
    property bool sending: false
    property string refusal
    readonly property string nameProblem: clusters.count >= 0 && clusters.indexOfKey(nameBox.text) >= 0
        ? qsTr("There is a cluster of this name already.") : actions.nameProblem(nameBox.text)

    title: qsTr("New cluster")

    function begin() {
        refusal = ""
        sending = false
        nameBox.text = freeName()
        nameBox.selectAll()
        open()
        nameBox.forceActiveFocus()
    }

    function freeName(): string {
        let name = "dev"
        for (let number = 2; clusters.indexOfKey(name) >= 0; ++number)
            name = "dev-" + number
        return name
    }

    function submit() {
        if (!valid || sending)
            return
        sending = true
        refusal = ""
        actions.create(nameBox.text, spec())
    }

    function spec(): var {
        const wanted = { "masters": masters, "nodes": nodes, "simulatedNodes": simulatedNodes }
        if (runtime !== "Auto")
            wanted.runtime = runtime
        if (podsBox.text !== podsDefault)
            wanted.podCIDR = podsBox.text
        if (servicesBox.text !== servicesDefault)
            wanted.serviceCIDR = servicesBox.text
        return wanted
    }

    // How many control planes may fail before the cluster stops taking changes.
    function quorumText(count: int): string {
        if (count === 1)
            return qsTr("One control plane: the cluster pauses while it is down. Nothing is lost.")
        const spare = Math.floor((count - 1) / 2)
        return qsTr("%1 control planes agree by majority: %2 of them must be up, so %n may fail.", "", spare).arg(count).arg(count - spare)
    }

    Connections {
        target: dialog.actions
        function onCreated() {
            dialog.sending = false
            dialog.close()
        }
        function onCreateFailed(problem) {
            dialog.sending = false
            dialog.refusal = problem
        }
    }

    ColumnLayout {
        width: parent.width
        spacing: Theme.xs

        Caption {
            text: qsTr("Name")
        }
        TextBox {
            id: nameBox
            Layout.fillWidth: true
            label: qsTr("Name")
            wrong: dialog.nameProblem !== "" && text !== ""
            maximumLength: 40
            onAccepted: dialog.submit()
        }
        Caption {
            Layout.fillWidth: true
            visible: nameBox.wrong
            text: dialog.nameProblem
            color: Theme.colors.danger
            wrapMode: Text.Wrap
        }
    }

    ChoiceRow {
        title: qsTr("Control planes")
        text: dialog.quorumText(dialog.masters)

        Stepper {
            label: qsTr("Control planes")
            value: dialog.masters
            from: 1
            to: 5
            step: 2
            onChanged: value => dialog.masters = value % 2 === 1 ? value : value + 1
        }
    }

    Caption {
        width: parent.width
        visible: dialog.masters > dialog.mastersMax
        wrapMode: Text.Wrap
        color: Theme.stateColor(ObjectState.Waiting)
        text: qsTr("Not available yet: this engine runs one control plane. More of them need the etcd store.")
    }

    ChoiceRow {
        title: qsTr("Nodes")
        text: qsTr("Real nodes: their pods are real containers with their own network.")

        Stepper {
            label: qsTr("Nodes")
            value: dialog.nodes
            from: 0
            to: 64
            onChanged: value => dialog.nodes = value
        }
    }

    ChoiceRow {
        title: qsTr("Simulated nodes")
        text: qsTr("They take pods but run nothing: for scheduling at scale. Marked as simulated everywhere.")

        Stepper {
            label: qsTr("Simulated nodes")
            value: dialog.simulatedNodes
            from: 0
            to: 10000
            step: 10
            onChanged: value => dialog.simulatedNodes = value
        }
    }

    BodyText {
        width: parent.width
        visible: dialog.refusal !== ""
        text: dialog.refusal
        color: Theme.colors.danger
        wrapMode: Text.Wrap
        Accessible.role: Accessible.AlertMessage
    }

    AppButton {
        compact: true
        iconName: dialog.more ? "down" : "right"
        text: qsTr("Runtime and networks")
        onClicked: dialog.more = !dialog.more
    }

    ChoiceRow {
        visible: dialog.more
        title: qsTr("Runtime")
        text: qsTr("What starts containers on the nodes. Auto takes crun, else runc.")

        TabStrip {
            readonly property var values: ["Auto", "crun", "runc"]
            names: [qsTr("Auto"), "crun", "runc"]
            current: values.indexOf(dialog.runtime)
            onChosen: index => dialog.runtime = values[index]
        }
    }

    RangeRow {
        id: podsBox
        visible: dialog.more
        title: qsTr("Addresses of pods")
        text: dialog.podsDefault
        problem: dialog.podsProblem
        onAccepted: dialog.submit()
    }

    RangeRow {
        id: servicesBox
        visible: dialog.more
        title: qsTr("Addresses of services")
        text: dialog.servicesDefault
        problem: dialog.servicesProblem
        onAccepted: dialog.submit()
    }

    CommandHint {
        width: parent.width
        visible: command !== ""
        command: dialog.valid ? dialog.actions.createCommand(nameBox.text, dialog.spec()) : ""
    }

    buttons: [
        AppButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        AppButton {
            primary: true
            text: dialog.sending ? qsTr("Creating …") : qsTr("Create")
            enabled: dialog.valid && !dialog.sending
            onClicked: dialog.submit()
        }
    ]
}
