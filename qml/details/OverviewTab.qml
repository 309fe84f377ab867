import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// Desired against observed, containers, conditions in words, facts, labels.
Flickable {
    id: tab

    required property ObjectDetails details

    signal logsRequested(string container)
    signal shellRequested(string container)

    contentHeight: column.implicitHeight + 2 * Theme.l
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    T.ScrollBar.vertical: ThinScrollBar {}

    ColumnLayout {
        id: column
        x: Theme.l
        y: Theme.l
        width: tab.width - 2 * Theme.l
        spacing: Theme.l

        ProblemText {
            Layout.fillWidth: true
            visible: text !== ""
            text: tab.details.reason
            value: tab.details.state
        }
        ProblemText {
            Layout.fillWidth: true
            visible: text !== ""
            text: tab.details.lag
            value: ObjectState.Progressing
        }

        Repeater {
            model: tab.details.gauges
            Gauge {
                required property var modelData
                Layout.fillWidth: true
                label: modelData.label
                desired: modelData.desired
                observed: modelData.observed
            }
        }

        SectionTitle {
            visible: tab.details.containers.length > 0
            text: qsTr("Containers")
        }
        Repeater {
            model: tab.details.containers
            ContainerRow {
                required property var modelData
                Layout.fillWidth: true
                container: modelData
                onLogsRequested: tab.logsRequested(modelData.name)
                onShellRequested: tab.shellRequested(modelData.name)
            }
        }

        MetricsPart {
            Layout.fillWidth: true
            visible: tab.details.metrics.applies
            metrics: tab.details.metrics
        }

        SectionTitle {
            visible: tab.details.conditions.length > 0
            text: qsTr("Conditions")
        }
        Repeater {
            model: tab.details.conditions
            ConditionRow {
                required property var modelData
                Layout.fillWidth: true
                condition: modelData
            }
        }

        SectionTitle {
            visible: tab.details.facts.length > 0
            text: qsTr("Facts")
        }
        PairList {
            Layout.fillWidth: true
            visible: tab.details.facts.length > 0
            pairs: tab.details.facts
        }

        SectionTitle {
            visible: tab.details.labels.length > 0
            text: qsTr("Labels")
        }
        Flow {
            Layout.fillWidth: true
            visible: tab.details.labels.length > 0
            spacing: Theme.xs

            Repeater {
                model: tab.details.labels
                Badge {
                    required property var modelData
                    text: modelData.key + (modelData.value === "" ? "" : "=" + modelData.value)
                }
            }
        }

        SectionTitle {
            visible: tab.details.annotations.length > 0
            text: qsTr("Annotations")
        }
        PairList {
            Layout.fillWidth: true
            visible: tab.details.annotations.length > 0
            pairs: tab.details.annotations
        }
    }
}
