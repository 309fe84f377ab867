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
    // Zoomed out fully: all clusters. Also what there is to see while none is open.
    readonly property bool above: lens === "clusters" || cluster === null
    readonly property MapModel map: above ? session.clusterMap : lens === "apps" ? cluster.apps
        : lens === "control" ? cluster.controlPlane : cluster.map
    property bool twinShown: false
    property bool moving: true
    property string litLabel

    signal clustersRequested
    signal lensChosen(string lens)

    function enter(name: string) {
        session.openCluster(name)
        lensChosen("placement")
    }

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
        return map.known ? map.empty || canvas.settled() : !!cluster && cluster.problem !== ""
    }

    EmptyState {
        anchors.fill: parent
        visible: page.above && page.map.empty
        iconName: "map"
        title: qsTr("No cluster to be seen")
        text: qsTr("Open a cluster to see its nodes and the pods on them as they come and go.")

        AppButton {
            primary: true
            text: qsTr("Go to the clusters")
            onClicked: page.clustersRequested()
        }
    }

    EmptyState {
        readonly property bool broken: page.cluster !== null && page.cluster.problem !== ""

        anchors.fill: parent
        visible: !page.above && page.map.empty
        iconName: broken ? "warning" : "node"
        title: !page.cluster ? "" : broken ? qsTr("%1 cannot be reached").arg(page.cluster.name)
            : page.cluster.synced && page.map.known ? qsTr("%1 has no nodes").arg(page.cluster.name) : qsTr("Reading %1 …").arg(page.cluster.name)
        text: page.cluster ? page.cluster.problem : ""
    }

    MapCanvas {
        id: canvas
        anchors.fill: parent
        visible: !page.map.empty
        model: page.map
        palette: ThemedMapPalette {}
        naturalScale: Theme.scale
        reducedMotion: Theme.still || !page.moving
        levelUp: !page.above
        levelDown: page.above
        onLeftOutwards: page.lensChosen("clusters")
        onEnteredCard: name => page.enter(name)
        activeFocusOnTab: true
        litLabel: page.litLabel
        // What the deployment that is being looked at changes: pods and nodes as cells, everything else as cards.
        readonly property var affected: page.session.deploy.affected
        litKeys: affected.filter(object => object.change !== "same").map(object => {
            const key = object.ns === "" ? object.name : object.ns + "/" + object.name
            return object.kind === "Pod" || object.kind === "Node" ? key : object.kind + "/" + key
        })
        onCellActivated: (kind, key) => {
            canvas.selectedKey = key
            page.openCell(kind, key)
        }
        onCardActivated: (key, apiVersion, kind, ns, name) => {
            canvas.selectedKey = key
            canvas.forceActiveFocus()
            if (kind !== "")
                page.cluster.openDetails(apiVersion, kind, ns, name)
        }

        Accessible.role: Accessible.Graphic
        Accessible.name: page.above ? qsTr("Map: %1 clusters. Press T for the same as text.").arg(page.map.cardCount)
            : qsTr("Map: %1 places, %2 things in them. Press T for the same as text.").arg(page.map.cardCount).arg(page.map.cellCount)
        Accessible.description: selectedText
        Accessible.focusable: true

        Keys.onPressed: event => event.accepted = keys.take(event)

        MapKeys {
            id: keys
            canvas: canvas
            map: page.map
            onTwinToggled: page.twinShown = !page.twinShown
            onMotionToggled: page.moving = !page.moving
        }
        FocusRing {
            shown: canvas.activeFocus
            anchors.margins: Theme.focusWidth
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
        lens: page.above ? "clusters" : page.lens
        onChosen: lens => page.lensChosen(lens)
    }

    LabelBar {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.l
        width: parent.width * 0.5
        visible: page.lens === "apps" && !page.above && canvas.visible
        map: page.map
        lit: page.litLabel
        onLabelLit: label => page.litLabel = label
    }

    MapLegend {
        id: legend
        readonly property bool stacked: implicitWidth > room

        anchors.left: parent.left
        anchors.bottom: stacked ? controls.top : parent.bottom
        anchors.margins: Theme.l
        anchors.bottomMargin: stacked ? Theme.s : Theme.l
        visible: canvas.visible && page.map.counted && page.lens !== "control"
        map: page.map
        room: controls.x - 2 * Theme.l
        hint: page.lens === "placement" ? qsTr("larger cells ask for more CPU or memory")
            : page.lens === "apps" ? qsTr("dot: a Service sends it traffic; dashed: meant, but nothing serves") : ""
    }

    MapControls {
        id: controls
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.l
        visible: canvas.visible
        canvas: canvas
        map: page.map
        moving: page.moving
        twinShown: page.twinShown
        onTwinToggled: page.twinShown = !page.twinShown
        onMotionToggled: page.moving = !page.moving
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
        onChosen: key => {
            canvas.selectedKey = key
            canvas.reveal(key)
        }
        onOpened: key => {
            canvas.selectedKey = key
            canvas.activateSelected()
        }
        onClosed: page.twinShown = false
    }
}
