import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// Home: every cluster as a card, its start-up as it happens.
Item {
    id: page

    required property Session session
    readonly property bool reachable: session.engine.state === EngineLink.Connected || session.engine.state === EngineLink.Reconnecting

    signal openRequested(string name)

    function settled(): bool {
        return true
    }

    property int createRequests: 0 // each opens the dialog
    onCreateRequestsChanged: create()

    function create() {
        creation.begin()
    }

    EngineAbsent {
        anchors.fill: parent
        visible: !page.reachable
        engine: page.session.engine
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.xl
        anchors.bottomMargin: 0
        spacing: Theme.l
        visible: page.reachable

        RowLayout {
            spacing: Theme.m

            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.xs

                Heading {
                    Layout.fillWidth: true
                    text: qsTr("Clusters")
                }
                BodyText {
                    Layout.fillWidth: true
                    dim: true
                    text: qsTr("Real Kubernetes on this computer: no account, no virtual machine, no Docker.")
                }
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                primary: true
                iconName: "plus"
                text: qsTr("New cluster")
                onClicked: page.create()
            }
        }

        EmptyState {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: page.session.clusters.synced && page.session.clusters.count === 0
            iconName: "clusters"
            title: qsTr("No cluster yet")
            text: qsTr("A cluster with one control plane and two nodes is ready in a second or two, and gone without a trace when you delete it.")

            AppButton {
                primary: true
                iconName: "plus"
                text: qsTr("Create a cluster")
                onClicked: page.create()
            }
        }

        GridView {
            id: grid
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.rightMargin: -Theme.l
            visible: page.session.clusters.count > 0
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            readonly property int columns: Math.max(1, Math.floor(width / Theme.card))
            cellWidth: Math.floor(width / columns)
            cellHeight: Theme.px(284)
            model: page.session.clusters
            T.ScrollBar.vertical: ThinScrollBar {}

            delegate: Item {
                id: cell

                required property string key
                required property string name
                required property int state
                required property string statusText
                required property string problem
                required property string fix
                required property bool running
                required property bool busy
                required property bool deleting
                required property int masters
                required property int nodes
                required property int simulatedNodes
                required property int nodesReady
                required property int nodesTotal
                required property string endpoint
                required property var steps

                width: grid.cellWidth
                height: grid.cellHeight

                ClusterCard {
                    anchors.fill: parent
                    anchors.rightMargin: Theme.l
                    anchors.bottomMargin: Theme.l
                    name: cell.name
                    value: cell.state
                    statusText: cell.statusText
                    problem: cell.problem
                    fix: cell.fix
                    running: cell.running
                    busy: cell.busy
                    deleting: cell.deleting
                    masters: cell.masters
                    nodes: cell.nodes
                    simulatedNodes: cell.simulatedNodes
                    nodesReady: cell.nodesReady
                    nodesTotal: cell.nodesTotal
                    endpoint: cell.endpoint
                    steps: cell.steps
                    machines: page.session.machines
                    onOpenRequested: page.openRequested(cell.key)
                    onStartRequested: page.session.clusterActions.start(cell.key)
                    onStopRequested: page.session.clusterActions.stop(cell.key)
                    onDeleteRequested: remove.ask(cell.key)
                }
            }
        }
    }

    CreateClusterDialog {
        id: creation
        clusters: page.session.clusters
        actions: page.session.clusterActions
    }

    DeleteClusterDialog {
        id: remove
        actions: page.session.clusterActions
    }
}
