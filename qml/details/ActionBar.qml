import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// What can be done to the object. What the user may not do is shown as such.
Flow {
    id: bar

    required property ClusterSession cluster
    required property ObjectDetails details
    readonly property ObjectActions actions: details ? details.actions : null
    readonly property var available: actions ? actions.available : []
    readonly property var logKinds: ({ "Pod": 1, "Deployment": 1, "StatefulSet": 1, "DaemonSet": 1, "ReplicaSet": 1, "Job": 1 })
    readonly property bool hasLogs: details !== null && details.kind in logKinds

    readonly property var words: ({
        "scale": { text: qsTr("Scale"), icon: "scale" },
        "restart": { text: qsTr("Restart"), icon: "restart" },
        "undo": { text: qsTr("Undo"), icon: "back" },
        "pause": { text: qsTr("Pause"), icon: "pause" },
        "resume": { text: qsTr("Resume"), icon: "play" },
        "cordon": { text: qsTr("Cordon"), icon: "lock" },
        "uncordon": { text: qsTr("Uncordon"), icon: "lock" },
        "drain": { text: qsTr("Drain"), icon: "follow" },
        "evict": { text: qsTr("Evict"), icon: "follow" },
        "delete": { text: qsTr("Delete"), icon: "trash" }
    })

    spacing: Theme.s

    function may(action: string): bool {
        const allowed = details ? details.allowed : {}
        return allowed[action] !== false
    }

    function run(action: string) {
        if (action === "scale")
            scale.ask()
        else if (action === "restart")
            actions.restart()
        else if (action === "pause" || action === "resume")
            actions.setPaused(action === "pause")
        else if (action === "cordon" || action === "uncordon")
            actions.setCordoned(action === "cordon")
        else if (action === "undo")
            actions.undo()
        else if (action === "evict")
            actions.evict()
        else
            confirm.ask(action)
    }

    AppButton {
        visible: bar.hasLogs
        compact: true
        iconName: "logs"
        text: qsTr("Logs")
        enabled: bar.may("logs")
        explanation: enabled ? "" : qsTr("You may not read the logs.")
        onClicked: bar.cluster.openLogs("")
    }

    Repeater {
        model: bar.available

        AppButton {
            required property string modelData

            compact: true
            danger: modelData === "delete"
            iconName: bar.words[modelData].icon
            text: bar.words[modelData].text
            enabled: bar.may(modelData)
            explanation: enabled ? bar.actions.command(modelData, bar.details.replicas) : qsTr("You may not do this.")
            onClicked: bar.run(modelData)
        }
    }

    ScaleDialog {
        id: scale
        details: bar.details
    }
    ConfirmDialog {
        id: confirm
        details: bar.details
    }
}
