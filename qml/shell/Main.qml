import QtQuick
import QtQuick.Layouts
import QtQuick.Window
import Kates.App
import Kates.Clusters
import Kates.Deploy
import Kates.Map
import Kates.Theme

// The window: navigation at the left, the top bar, the page.
Window {
    id: window

    required property Session session
    property string startPage: "clusters"
    property string startTheme
    property string startCluster
    property bool still: false
    property string page: startPage

    width: Theme.windowWidth
    height: Theme.windowHeight
    minimumWidth: Theme.windowMinimumWidth
    minimumHeight: Theme.windowMinimumHeight
    visible: true
    color: Theme.colors.ground
    title: session.cluster ? qsTr("%1 — Kates").arg(session.cluster.name) : qsTr("Kates")

    // For screenshots: everything that was asked for has come and is drawn.
    function settled(): bool {
        const engineKnown = session.engine.state !== EngineLink.Connecting
        const listKnown = session.engine.state !== EngineLink.Connected || session.clusters.synced
        const clusterKnown = !session.cluster || session.cluster.synced || session.cluster.problem !== ""
        return engineKnown && listKnown && clusterKnown && (startCluster === "" || session.cluster !== null) && (loader.item?.settled() ?? false)
    }

    function open(cluster: string) {
        session.openCluster(cluster)
        page = "map"
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
        enabled: window.startCluster !== "" && !window.session.cluster
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

    RowLayout {
        anchors.fill: parent
        spacing: 0

        NavigationRail {
            Layout.fillHeight: true
            page: window.page
            narrow: window.width < Theme.px(Theme.narrowWindow)
            clusterOpen: window.session.cluster !== null
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
                onThemeChosen: name => {
                    Theme.name = name
                    preferences.theme = name
                }
            }

            Loader {
                id: loader
                Layout.fillWidth: true
                Layout.fillHeight: true
                sourceComponent: window.page === "map" ? mapPage : window.page === "deploy" ? deployPage : clustersPage
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
