import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// What can be done to the marked rows.
Rectangle {
    id: bar

    required property ClusterSession cluster
    readonly property ResourceTable table: cluster ? cluster.table : null
    readonly property BulkActions bulk: cluster ? cluster.bulk : null
    readonly property int marked: table ? table.selection.count : 0
    readonly property var words: ({
        "restart": { text: qsTr("Restart"), icon: "restart" },
        "scale": { text: qsTr("Scale"), icon: "scale" },
        "cordon": { text: qsTr("Cordon"), icon: "lock" },
        "uncordon": { text: qsTr("Uncordon"), icon: "lock" },
        "label": { text: qsTr("Label"), icon: "edit" },
        "delete": { text: qsTr("Delete"), icon: "trash" }
    })

    signal asked(string action)

    visible: marked > 0 || (bulk && bulk.running)
    implicitHeight: Theme.px(44)
    color: Theme.colors.accentSoft

    // The server is asked what may be done when the marks have come to rest.
    Timer {
        id: rest
        interval: Theme.normal
        onTriggered: bar.cluster.takeMarked()
    }
    Connections {
        target: bar.table ? bar.table.selection : null
        function onChanged() {
            rest.restart()
        }
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.l
        spacing: Theme.s

        BodyText {
            Layout.fillWidth: true
            strong: true
            text: bar.bulk && bar.bulk.running ? qsTr("%1 of %2 done").arg(bar.bulk.done).arg(bar.bulk.total) : qsTr("%n marked", "", bar.marked)
        }
        Repeater {
            model: bar.bulk && bar.marked > 0 ? bar.bulk.available : []

            AppButton {
                required property string modelData
                readonly property string reason: bar.bulk.accessRevision >= 0 ? bar.bulk.whyNot(modelData) : ""

                compact: true
                danger: modelData === "delete"
                iconName: bar.words[modelData].icon
                text: bar.words[modelData].text
                enabled: reason === "" && !bar.bulk.running
                explanation: reason
                onClicked: bar.asked(modelData)
            }
        }
        IconButton {
            iconName: "close"
            explanation: qsTr("Mark nothing (Esc)")
            onClicked: bar.table.selection.clear()
        }
    }
}
