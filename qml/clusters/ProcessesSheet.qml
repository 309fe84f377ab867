import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// The processes of one cluster and what they use of this computer.
Sheet {
    id: sheet

    required property ClusterMetrics metrics
    property string cluster
    property var processes: []

    title: qsTr("Processes of %1").arg(cluster)
    width: Math.min(Theme.dialogWide, parent ? parent.width - 2 * Theme.xl : Theme.dialogWide)

    function show(name: string) {
        cluster = name
        processes = metrics.processes(name)
        open()
        closeButton.forceActiveFocus()
    }

    Connections {
        target: sheet.metrics
        enabled: sheet.visible
        function onChanged() {
            sheet.processes = sheet.metrics.processes(sheet.cluster)
        }
    }

    Repeater {
        model: sheet.processes

        ColumnLayout {
            id: process

            required property var modelData
            readonly property string cpu: qsTr("%1 % of a core").arg((modelData.cpuMilli / 10).toFixed(1))
            readonly property string memory: qsTr("%1 MB").arg(Math.round(modelData.memoryBytes / 1048576))

            width: parent ? parent.width : implicitWidth
            spacing: 2
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1, %2, %3, %4").arg(modelData.name).arg(modelData.phase).arg(cpu).arg(memory)

            RowLayout {
                spacing: Theme.m

                BodyText {
                    Layout.fillWidth: true
                    text: process.modelData.name
                    strong: true
                }
                BodyText {
                    Layout.preferredWidth: Theme.px(80)
                    text: process.modelData.phase
                    dim: true
                }
                BodyText {
                    Layout.preferredWidth: Theme.px(120)
                    horizontalAlignment: Text.AlignRight
                    text: process.cpu
                }
                BodyText {
                    Layout.preferredWidth: Theme.px(72)
                    horizontalAlignment: Text.AlignRight
                    text: process.memory
                }
            }
            Caption {
                Layout.fillWidth: true
                visible: process.modelData.message !== ""
                wrapMode: Text.Wrap
                text: process.modelData.restarts > 0 ? qsTr("%n restart(s): %1", "", process.modelData.restarts).arg(process.modelData.message)
                    : process.modelData.message
            }
        }
    }

    BodyText {
        visible: sheet.processes.length === 0
        text: qsTr("No process of this cluster runs.")
        dim: true
    }

    buttons: [
        AppButton {
            id: closeButton
            text: qsTr("Close")
            onClicked: sheet.close()
        }
    ]
}
