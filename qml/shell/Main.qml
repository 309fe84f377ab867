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
    // What the command line asks for; "" is as it was left.
    property string startPage
    property string startTheme
    property string startCluster
    // For screenshots: see Stage.
    property string startShow
    property bool still: false
    readonly property string firstPage: startPage !== "" ? startPage : session.preferences.page() || "clusters"
    readonly property string firstCluster: startCluster !== "" ? startCluster : still ? "" : session.preferences.cluster()
    property string page: firstPage.split(":")[0]
    property string lens: firstPage.split(":")[1] ?? "placement"
    readonly property ClusterSession cluster: session.cluster
    property int filterRequests: 0
    readonly property bool drawerOpen: cluster !== null && cluster.details.open

    width: Theme.windowWidth
    height: Theme.windowHeight
    minimumWidth: Theme.windowMinimumWidth
    minimumHeight: Theme.windowMinimumHeight
    visible: true
    color: Theme.colors.ground
    title: cluster ? qsTr("%1 — Kates").arg(cluster.name) : qsTr("Kates")

    function settled(): bool {
        return stage.settled()
    }

    Stage {
        id: stage
        objectName: "stage"
        session: window.session
        wantedCluster: window.startCluster
        view: loader.item
        what: window.startShow
        onPaletteRequested: text => palette.begin(text)
        onCreateRequested: (loader.item as ClustersPage)?.create()
        onAttachRequested: (loader.item as ClustersPage)?.attachRemote()
        onKeysRequested: keysSheet.open()
        onProtectionRequested: window.protectCluster()
        acted: drawer.acted
        onTabRequested: (tab, action) => {
            drawer.tab = tab
            drawer.startAction = action
        }
        onDockRequested: section => dockPanel.show(section)
    }

    // Of the object that the drawer shows: overview or yaml at once; logs or shell when it is known.
    function showView(what: string) {
        viewWanted = what
        if (what === "overview" || what === "yaml")
            drawer.tab = what === "yaml" ? 3 : 0
    }
    property string viewWanted
    Connections {
        target: window.cluster ? window.cluster.details : null
        enabled: window.viewWanted === "logs" || window.viewWanted === "shell"
        function onChanged() {
            if (!window.cluster.details.found)
                return
            if (window.viewWanted === "logs")
                window.cluster.openLogs("")
            else if (window.cluster.details.kind === "Pod")
                window.cluster.openTerminal("")
            window.viewWanted = ""
        }
    }

    function open(name: string) {
        session.openCluster(name)
        page = "map"
    }

    // `namespaces` are separated by commas; "" leaves them as they are.
    function openKind(id: string, namespaces: string, filter: string) {
        if (!cluster || !cluster.openTable(id))
            return
        if (namespaces !== "")
            cluster.chosenNamespaces = namespaces.split(",").filter(name => name !== "")
        cluster.table.filter = filter
        page = "resources"
    }

    function protectCluster() {
        if (cluster)
            protection.begin()
    }

    function take(action: string, list: var) {
        if (action === "page")
            page = list[0]
        else if (action === "cluster")
            open(list[0])
        else if (action === "kind")
            openKind(list[0], list[1] ?? "", list[2] ?? "")
        else if (action === "object" && cluster)
            cluster.openDetails(list[0], list[1], list[2], list[3])
        else if (action === "namespaces" && cluster)
            cluster.chosenNamespaces = list
        else if (action === "language")
            session.preferences.language = list[0]
        else if (action === "keys")
            keysSheet.open()
        else if (action === "protection")
            protectCluster()
        else if (action === "theme")
            Theme.name = session.preferences.theme = list[0]
    }

    Component.onCompleted: {
        Theme.still = still
        Theme.name = startTheme !== "" ? startTheme : session.preferences.theme
    }

    // The first cluster opens as soon as the engine names it, unless the user was faster.
    property bool started: firstCluster === ""
    onClusterChanged: {
        if (cluster)
            started = true
    }
    Connections {
        target: window.session.protection // changes with every list of clusters
        enabled: !window.started
        function onChanged() {
            if (window.session.knows(window.firstCluster))
                window.session.openCluster(window.firstCluster)
        }
    }

    WindowMemory {
        preferences: window.session.preferences
        page: window.page
        lens: window.lens
        clusterName: window.cluster ? window.cluster.name : ""
        windowSize: Qt.size(window.width, window.height)
        active: !window.still && window.started
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
        onKeysRequested: keysSheet.open()
        onProtectionRequested: window.protectCluster()
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
                onThemeChosen: name => Theme.name = session.preferences.theme = name
                onPaletteRequested: palette.begin("")
                onProtectionRequested: window.protectCluster()
                onKeysRequested: keysSheet.open()
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
                        id: dockPanel
                        objectName: "dockPanel"
                        Layout.fillWidth: true
                        tasks: window.session.tasks
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
            onViewRequested: what => window.showView(what)
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

    KeysSheet {
        id: keysSheet
    }

    ProtectionDialog {
        id: protection
        protection: window.session.protection
        cluster: window.cluster
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

    ProtectionFrame {
        anchors.fill: parent
        colorName: window.cluster ? window.cluster.protectionColor : ""
    }
}
