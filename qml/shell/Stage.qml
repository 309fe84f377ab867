import QtQuick
import Kates.App

// For screenshots and tests: opens what was asked for, and knows when everything has come and is drawn.
Item {
    id: stage

    required property Session session
    required property string wantedCluster
    required property var view
    // "palette:TEXT", "dock:SECTION", "terminal:NAMESPACE|POD|CONTAINER", "create", "attach", "keys", "protection",
    // "details:APIVERSION|KIND|NAMESPACE|NAME|TAB|ACTION" or "logs:…" likewise.
    required property string what
    required property bool acted // the drawer has begun with what it was asked for
    readonly property ClusterSession cluster: session.cluster
    property bool shown: false
    property bool logsWanted: false

    signal paletteRequested(string text)
    signal createRequested
    signal attachRequested
    signal keysRequested
    signal protectionRequested
    signal tabRequested(int tab, string action)
    signal dockRequested(string section)

    function settled(): bool {
        const engineKnown = session.engine.state !== EngineLink.Connecting
        const listKnown = session.engine.state !== EngineLink.Connected || session.clusters.synced
        const clusterKnown = !cluster || (cluster.synced && cluster.catalog.loaded) || cluster.problem !== ""
        const ready = engineKnown && listKnown && clusterKnown && (wantedCluster === "" || cluster !== null) && view !== null && view.settled()
        if (ready && what !== "" && !shown) {
            shown = true
            show(what)
            return false
        }
        const details = cluster ? cluster.details : null
        const drawn = !details || !details.open || details.absent || details.problem !== "" || (details.found && details.relatedKnown && acted)
        return ready && drawn && (!cluster || cluster.dock.log === null || cluster.dock.log.lines.count > 0)
    }

    function show(what: string) {
        const list = what.slice(what.indexOf(":") + 1).split("|")
        const plain = { "create": createRequested, "attach": attachRequested, "keys": keysRequested, "protection": protectionRequested }
        if (what.startsWith("palette:"))
            paletteRequested(list[0])
        else if (what.startsWith("dock:"))
            dockRequested(list[0])
        else if (what.startsWith("terminal:"))
            cluster.openTerminalOf(list[0], list[1], list[2])
        else if (what in plain)
            plain[what]()
        else if (cluster.openDetails(list[0], list[1], list[2], list[3])) {
            tabRequested(Number(list[4] ?? 0), list[5] ?? "")
            logsWanted = what.startsWith("logs:")
        }
    }

    Connections {
        target: stage.cluster ? stage.cluster.details : null
        enabled: stage.logsWanted
        function onChanged() {
            if (stage.cluster.details.found) {
                stage.logsWanted = false
                stage.cluster.openLogs("")
            }
        }
    }
}
