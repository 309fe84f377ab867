import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// What a cluster is made of.
ColumnLayout {
    id: facts

    required property int masters
    required property int nodes
    required property int simulatedNodes
    required property int nodesReady
    required property int nodesTotal
    required property string endpoint
    required property bool up
    required property string name
    required property ClusterMetrics metrics
    property var usage: metrics.total(name)

    spacing: Theme.m

    signal processesRequested

    Connections {
        target: facts.metrics
        function onChanged() {
            facts.usage = facts.metrics.total(facts.name)
        }
    }

    RowLayout {
        spacing: Theme.xl

        Fact {
            value: facts.masters
            label: facts.masters === 1 ? qsTr("control plane") : qsTr("control planes")
        }
        Fact {
            value: facts.nodes
            label: facts.nodes === 1 ? qsTr("node") : qsTr("nodes")
        }
        Fact {
            visible: facts.simulatedNodes > 0
            value: facts.simulatedNodes
            label: qsTr("simulated")
        }
    }

    ColumnLayout {
        visible: facts.up
        spacing: Theme.xs

        RowLayout {
            Caption {
                Layout.fillWidth: true
                text: qsTr("Nodes ready")
            }
            Caption {
                text: facts.nodesReady + " / " + facts.nodesTotal
            }
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: Theme.xs
            radius: height / 2
            color: Theme.colors.surfacePressed

            Rectangle {
                height: parent.height
                width: parent.width * Math.min(1, facts.nodesTotal > 0 ? facts.nodesReady / facts.nodesTotal : 0)
                radius: parent.radius
                color: Theme.stateColor(facts.nodesReady >= facts.nodesTotal ? ObjectState.Ok : ObjectState.Waiting)

                Behavior on width {
                    NumberAnimation {
                        duration: Theme.normal
                    }
                }
            }
        }
    }

    RowLayout {
        visible: facts.usage.known
        spacing: Theme.s

        Caption {
            text: qsTr("Uses")
        }
        Caption {
            Layout.fillWidth: true
            color: Theme.colors.text
            text: qsTr("%1 MB of memory, %2 % of a core").arg(Math.round(facts.usage.memoryBytes / 1048576)).arg((facts.usage.cpuMilli / 10).toFixed(1))
        }
        IconButton {
            iconName: "list"
            explanation: qsTr("Processes of %1").arg(facts.name)
            onClicked: facts.processesRequested()
        }
    }

    RowLayout {
        visible: facts.up && facts.endpoint !== ""
        spacing: Theme.s

        Caption {
            text: qsTr("API")
        }
        Caption {
            Layout.fillWidth: true
            code: true
            text: facts.endpoint
        }
    }
}
