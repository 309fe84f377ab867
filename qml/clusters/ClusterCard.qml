import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// One cluster: what it is made of, how it is, its start-up steps while it starts or after it failed.
Panel {
    id: card

    required property string name
    required property int value // ObjectState
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
    required property ClusterMetrics metrics

    readonly property bool up: value === ObjectState.Ok || value === ObjectState.Waiting
    readonly property bool showsSteps: !up && steps.length > 0 && (running || value === ObjectState.Failing)

    signal openRequested
    signal processesRequested
    signal startRequested
    signal stopRequested
    signal deleteRequested

    border.color: value === ObjectState.Failing ? Theme.colors.danger : pointer.hovered ? Theme.colors.borderStrong : Theme.colors.border
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Cluster %1, %2").arg(name).arg(statusText)

    HoverHandler {
        id: pointer
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.l
        spacing: Theme.m

        RowLayout {
            spacing: Theme.s

            BodyText {
                Layout.fillWidth: true
                text: card.name
                font.pixelSize: Theme.title
                strong: true
            }
            StateBadge {
                value: card.value
                text: card.statusText
            }
        }

        ClusterFacts {
            Layout.fillWidth: true
            visible: !card.showsSteps
            masters: card.masters
            nodes: card.nodes
            simulatedNodes: card.simulatedNodes
            nodesReady: card.nodesReady
            nodesTotal: card.nodesTotal
            endpoint: card.endpoint
            up: card.up
            name: card.name
            metrics: card.metrics
            onProcessesRequested: card.processesRequested()
        }

        StepList {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: card.showsSteps
            steps: card.steps
        }

        ProblemNote {
            Layout.fillWidth: true
            visible: card.problem !== ""
            problem: card.problem
            fix: card.fix
        }

        Item {
            Layout.fillHeight: true
            visible: !card.showsSteps
        }

        RowLayout {
            spacing: Theme.s

            AppButton {
                visible: card.up
                compact: true
                primary: true
                iconName: "map"
                text: qsTr("Open")
                Accessible.name: qsTr("Open %1").arg(card.name)
                onClicked: card.openRequested()
            }
            AppButton {
                visible: !card.running && !card.deleting
                compact: true
                primary: true
                iconName: "play"
                text: qsTr("Start")
                Accessible.name: qsTr("Start %1").arg(card.name)
                explanation: "kates up " + card.name
                onClicked: card.startRequested()
            }
            AppButton {
                visible: card.running && !card.deleting
                compact: true
                iconName: "stop"
                text: qsTr("Stop")
                Accessible.name: qsTr("Stop %1").arg(card.name)
                explanation: "kates down " + card.name
                onClicked: card.stopRequested()
            }
            Item {
                Layout.fillWidth: true
            }
            IconButton {
                iconName: "trash"
                danger: true
                enabled: !card.deleting
                explanation: qsTr("Delete %1").arg(card.name)
                onClicked: card.deleteRequested()
            }
        }
    }
}
