import QtQuick
import Kates.App
import Kates.Theme

// What can be done to the object. What the user may not do is shown as such.
Flow {
    id: bar

    required property ClusterSession cluster
    required property ObjectDetails details
    readonly property ObjectActions actions: details ? details.actions : null
    readonly property var available: actions ? actions.available : []
    readonly property var logKinds: ({ "Pod": 1, "Deployment": 1, "StatefulSet": 1, "DaemonSet": 1, "ReplicaSet": 1, "Job": 1, "Service": 1 })
    readonly property bool hasLogs: details !== null && details.kind in logKinds

    readonly property var words: ({
        "scale": { text: qsTr("Scale"), icon: "scale" },
        "restart": { text: qsTr("Restart"), icon: "restart" },
        "revisions": { text: qsTr("Revisions"), icon: "timeline" },
        "pause": { text: qsTr("Pause"), icon: "pause" },
        "resume": { text: qsTr("Resume"), icon: "play" },
        "cordon": { text: qsTr("Cordon"), icon: "lock" },
        "uncordon": { text: qsTr("Uncordon"), icon: "lock" },
        "drain": { text: qsTr("Drain"), icon: "follow" },
        "evict": { text: qsTr("Evict"), icon: "follow" },
        "delete": { text: qsTr("Delete"), icon: "trash" }
    })

    spacing: Theme.s

    // Why an action cannot be used, by action. Revisions can be looked at without the right to go back.
    readonly property var forbidden: details ? details.refusals : ({})
    readonly property var refusals: !actions ? ({}) : Object.assign({}, actions.hindrances, forbidden, { "revisions": "" })

    function command(action: string): string {
        return actions && details.open ? actions.command(action, action === "scale" ? { replicas: details.replicas } : {}) : ""
    }

    function run(action: string) {
        const dialogs = { "scale": scale, "revisions": revisions, "drain": drain, "evict": evict, "delete": remove }
        if (action in dialogs)
            dialogs[action].ask()
        else if (action === "restart")
            actions.restart()
        else if (action === "pause" || action === "resume")
            actions.setPaused(action === "pause")
        else
            actions.setCordoned(action === "cordon")
    }

    ActionButton {
        visible: bar.hasLogs
        iconName: "logs"
        text: qsTr("Logs")
        refusal: bar.refusals["logs"] ?? ""
        command: bar.command("logs")
        onClicked: bar.cluster.openLogs("")
    }

    ActionButton {
        visible: bar.hasLogs
        iconName: "link"
        text: qsTr("Forward")
        command: qsTr("Make one of its ports answer on this computer")
        onClicked: bar.cluster.requestForward()
    }

    Repeater {
        model: bar.available

        ActionButton {
            required property string modelData

            danger: modelData === "delete"
            iconName: bar.words[modelData].icon
            text: bar.words[modelData].text
            refusal: bar.refusals[modelData] ?? ""
            command: bar.command(modelData)
            onClicked: bar.run(modelData)
        }
    }

    ActionButton {
        iconName: "terminal"
        text: "kubectl"
        command: qsTr("Shows the commands that do the same.")
        onClicked: commands.open()

        CommandsMenu {
            id: commands
            entries: bar.available.map(action => ({ text: bar.words[action].text, command: bar.command(action) }))
        }
    }

    ScaleDialog {
        id: scale
        details: bar.details
    }
    RevisionsDialog {
        id: revisions
        details: bar.details
        refusal: bar.forbidden["revisions"] ?? ""
    }
    DrainDialog {
        id: drain
        details: bar.details
    }
    EvictDialog {
        id: evict
        details: bar.details
    }
    DeleteDialog {
        id: remove
        details: bar.details
    }
}
