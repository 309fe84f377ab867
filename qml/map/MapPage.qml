import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// The live picture of one cluster.
Item {
    id: page

    required property Session session
    readonly property ClusterSession cluster: session.cluster
    property string lens: "placement"
    readonly property MapModel map: !cluster ? null : lens === "apps" ? cluster.apps : lens === "control" ? cluster.controlPlane : cluster.map
    property bool twinShown: false
    property string litLabel

    signal clustersRequested
    signal lensChosen(string lens)

    function openCell(kind: string, key: string) {
        const slash = key.indexOf("/")
        cluster.openDetails("v1", kind, slash < 0 ? "" : key.slice(0, slash), key.slice(slash + 1))
    }

    // Only the lens that is looked at is kept up to date.
    onMapChanged: {
        if (watched)
            watched.watched = false
        watched = map
        if (watched)
            watched.watched = true
        litLabel = ""
    }
    property MapModel watched
    Component.onDestruction: {
        if (watched)
            watched.watched = false
    }

    function settled(): bool {
        return !cluster || !map || map.empty || canvas.settled()
    }

    EmptyState {
        anchors.fill: parent
        visible: !page.cluster
        iconName: "map"
        title: qsTr("No cluster is open")
        text: qsTr("Open a cluster to see its nodes and the pods on them as they come and go.")

        AppButton {
            primary: true
            text: qsTr("Go to the clusters")
            onClicked: page.clustersRequested()
        }
    }

    EmptyState {
        anchors.fill: parent
        visible: page.cluster && page.map.empty
        iconName: page.cluster && page.cluster.problem !== "" ? "warning" : "node"
        title: !page.cluster ? "" : page.cluster.problem !== "" ? qsTr("%1 cannot be reached").arg(page.cluster.name)
            : page.cluster.synced ? qsTr("%1 has no nodes").arg(page.cluster.name) : qsTr("Reading %1 …").arg(page.cluster.name)
        text: page.cluster ? page.cluster.problem : ""
    }

    MapCanvas {
        id: canvas
        anchors.fill: parent
        visible: page.map && !page.map.empty
        model: page.map
        palette: ThemedMapPalette {}
        naturalScale: Theme.scale
        reducedMotion: Theme.still
        activeFocusOnTab: true
        litLabel: page.litLabel
        onCellActivated: (kind, key) => {
            canvas.selectedKey = key
            page.openCell(kind, key)
        }
        onCardActivated: (key, apiVersion, kind, ns, name) => {
            canvas.selectedKey = key
            if (kind !== "")
                page.cluster.openDetails(apiVersion, kind, ns, name)
        }

        Accessible.role: Accessible.Graphic
        Accessible.name: page.map ? qsTr("Map: %1 nodes, %2 pods. Press T for the same as text.").arg(page.map.cardCount).arg(page.map.cellCount) : ""

        Keys.onPressed: event => {
            const step = Theme.px(80)
            const middle = Qt.point(width / 2, height / 2)
            const moves = {
                [Qt.Key_Left]: () => canvas.panBy(step, 0),
                [Qt.Key_Right]: () => canvas.panBy(-step, 0),
                [Qt.Key_Up]: () => canvas.panBy(0, step),
                [Qt.Key_Down]: () => canvas.panBy(0, -step),
                [Qt.Key_Plus]: () => canvas.zoomBy(1.2, middle),
                [Qt.Key_Equal]: () => canvas.zoomBy(1.2, middle),
                [Qt.Key_Minus]: () => canvas.zoomBy(1 / 1.2, middle),
                [Qt.Key_0]: () => canvas.fit(),
                [Qt.Key_1]: () => canvas.actualSize(),
                [Qt.Key_T]: () => page.twinShown = !page.twinShown
            }
            if (event.key in moves) {
                moves[event.key]()
                event.accepted = true
            }
        }

        MapGestures {
            anchors.fill: parent
            canvas: canvas
        }
    }

    MapTip {
        canvas: canvas
    }

    LensBar {
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.margins: Theme.l
        visible: page.cluster !== null
        lens: page.lens
        onChosen: lens => page.lensChosen(lens)
    }

    LabelBar {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.l
        width: parent.width * 0.5
        visible: page.lens === "apps" && canvas.visible
        map: page.map
        lit: page.litLabel
        onLabelLit: label => page.litLabel = label
    }

    MapLegend {
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        anchors.margins: Theme.l
        visible: canvas.visible
        map: page.map
        room: controls.x - 2 * Theme.l
        sized: page.lens === "placement"
    }

    MapControls {
        id: controls
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.l
        visible: canvas.visible
        canvas: canvas
        twinShown: page.twinShown
        onTwinToggled: page.twinShown = !page.twinShown
    }

    MapOverview {
        anchors.right: parent.right
        anchors.bottom: controls.top
        anchors.rightMargin: Theme.l
        anchors.bottomMargin: Theme.s
        canvas: canvas
        map: page.map
    }

    MapTwin {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: Math.min(Theme.drawer, parent.width)
        visible: page.twinShown && canvas.visible
        map: page.map
        selectedKey: canvas.selectedKey
        onChosen: key => canvas.selectedKey = key
        onClosed: page.twinShown = false
    }
}
