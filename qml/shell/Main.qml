import QtQuick
import QtQuick.Layouts
import QtQuick.Window
import Kates.App
import Kates.Clusters
import Kates.Deploy
import Kates.Details
import Kates.Dock
import Kates.Map
import Kates.Resources
import Kates.Theme

// The window: navigation at the left, the top bar, the page, the details drawer at the right, the dock at the foot.
Window {
    id: window

    required property Session session
    property string startPage: "clusters"
    property string startTheme
    property string startCluster
    // For screenshots: "palette:TEXT", "create", "details:APIVERSION|KIND|NAMESPACE|NAME|TAB" or "logs:…" likewise.
    property string startShow
    property bool still: false
    property string page: startPage.split(":")[0]
    property string lens: startPage.split(":")[1] ?? "placement"
    readonly property ClusterSession cluster: session.cluster
    property int filterRequests: 0
    property int createRequests: 0
    readonly property bool drawerOpen: cluster !== null && cluster.details.open

    width: Theme.windowWidth
    height: Theme.windowHeight
    minimumWidth: Theme.windowMinimumWidth
    minimumHeight: Theme.windowMinimumHeight
    visible: true
    color: Theme.colors.ground
    title: cluster ? qsTr("%1 — Kates").arg(cluster.name) : qsTr("Kates")

    // For screenshots: everything that was asked for has come and is drawn.
    function settled(): bool {
        const engineKnown = session.engine.state !== EngineLink.Connecting
        const listKnown = session.engine.state !== EngineLink.Connected || session.clusters.synced
        const clusterKnown = !cluster || cluster.synced || cluster.problem !== ""
        const shown = engineKnown && listKnown && clusterKnown && (startCluster === "" || cluster !== null) && (loader.item?.settled() ?? false)
        if (shown && startShow !== "") {
            show(startShow)
            startShow = ""
            return false
        }
        const drawn = !drawerOpen || (cluster.details.found && cluster.details.relatedKnown)
        return shown && drawn && (!cluster || cluster.dock.log === null || cluster.dock.log.lines.count > 0)
    }

    function show(what: string) {
        const colon = what.indexOf(":")
        const list = what.slice(colon + 1).split("|")
        if (what.startsWith("palette:"))
            palette.begin(list[0])
        else if (what === "create")
            ++createRequests
        else if (cluster.openDetails(list[0], list[1], list[2], list[3])) {
            drawer.tab = Number(list[4] ?? 0)
            logsWanted = what.startsWith("logs:")
        }
    }
    property bool logsWanted: false
    Connections {
        target: window.cluster ? window.cluster.details : null
        enabled: window.logsWanted
        function onChanged() {
            if (window.cluster.details.found) {
                window.logsWanted = false
                window.cluster.openLogs("")
            }
        }
    }

    function open(name: string) {
        session.openCluster(name)
        page = "map"
    }

    function openKind(id: string, ns: string) {
        if (!cluster || !cluster.openTable(id))
            return
        if (ns !== "")
            cluster.chosenNamespaces = [ns]
        page = "resources"
    }

    function take(action: string, list: var) {
        if (action === "page")
            page = list[0]
        else if (action === "cluster")
            open(list[0])
        else if (action === "kind")
            openKind(list[0], list[1] ?? "")
        else if (action === "object" && cluster)
            cluster.openDetails(list[0], list[1], list[2], list[3])
        else if (action === "theme")
            Theme.name = preferences.theme = list[0]
    }

    Preferences {
        id: preferences
    }

    Component.onCompleted: {
        Theme.still = still
        Theme.name = startTheme !== "" ? startTheme : preferences.theme
    }

    Connections {
        target: window.session.clusters
        enabled: window.startCluster !== "" && !window.cluster
        function onCountChanged() {
            if (window.session.clusters.indexOfKey(window.startCluster) >= 0)
                window.session.openCluster(window.startCluster)
        }
    }

    Connections {
        target: window.session.deploy
        function onOpened() {
            window.page = "deploy"
        }
    }

    WindowKeys {
        onPaletteRequested: text => palette.begin(text)
        onPageRequested: name => window.page = name
        onBackRequested: {
            if (window.drawerOpen)
                window.cluster.details.close()
        }
        onFilterRequested: {
            if (window.page === "resources")
                ++window.filterRequests
            else
                palette.begin("")
        }
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        NavigationRail {
            Layout.fillHeight: true
            page: window.page
            narrow: window.width < Theme.px(Theme.narrowWindow)
            onChosen: page => window.page = page
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: 0

            TopBar {
                Layout.fillWidth: true
                session: window.session
                onClusterChosen: name => window.open(name)
                onThemeChosen: name => Theme.name = preferences.theme = name
                onPaletteRequested: palette.begin("")
            }

            RowLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                spacing: 0

                ColumnLayout {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    spacing: 0

                    Loader {
                        id: loader
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        sourceComponent: ({ "map": mapPage, "deploy": deployPage, "resources": resourcesPage })[window.page] ?? clustersPage
                    }
                    DockPanel {
                        Layout.fillWidth: true
                        dock: window.cluster ? window.cluster.dock : null
                    }
                }
                DetailsDrawer {
                    id: drawer
                    objectName: "drawer"
                    Layout.fillHeight: true
                    Layout.preferredWidth: Math.min(Theme.drawer, window.width * 0.45)
                    visible: window.drawerOpen && window.page !== "clusters" && window.page !== "deploy"
                    cluster: window.cluster
                }
            }
        }
    }

    Component {
        id: clustersPage
        ClustersPage {
            session: window.session
            createRequests: window.createRequests
            onOpenRequested: name => window.open(name)
        }
    }
    Component {
        id: mapPage
        MapPage {
            session: window.session
            lens: window.lens
            onLensChosen: name => window.lens = name
            onClustersRequested: window.page = "clusters"
        }
    }
    Component {
        id: resourcesPage
        ResourcesPage {
            cluster: window.cluster
            filterRequests: window.filterRequests
            onClustersRequested: window.page = "clusters"
        }
    }
    Component {
        id: deployPage
        DeployPage {
            deploy: window.session.deploy
            onMapRequested: window.page = "map"
            onClustersRequested: window.page = "clusters"
        }
    }

    CommandPalette {
        id: palette
        session: window.session
        onChosen: (action, list) => window.take(action, list)
    }

    DropCatcher {
        anchors.fill: parent
        deploy: window.session.deploy
    }

    NoticeStack {
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.l
        notices: window.session.notices
    }
}
