import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// What the object uses now, by the server's metrics, or why that is not known.
ColumnLayout {
    id: part

    required property ObjectMetrics metrics

    spacing: Theme.xs

    RowLayout {
        spacing: Theme.s

        SectionTitle {
            Layout.fillWidth: true
            text: qsTr("Usage")
        }
        AgeText {
            visible: part.metrics.rows.length > 0
            when: part.metrics.measured
        }
        IconButton {
            iconName: "refresh"
            explanation: qsTr("Measure again")
            enabled: !part.metrics.busy
            onClicked: part.metrics.load()
        }
    }

    Repeater {
        model: part.metrics.rows

        RowLayout {
            id: usage

            required property var modelData

            spacing: Theme.m
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1 uses %2 CPU and %3 memory").arg(modelData.name).arg(modelData.cpu).arg(modelData.memory)

            BodyText {
                Layout.preferredWidth: Theme.px(150)
                text: usage.modelData.name
                dim: true
                font.pixelSize: Theme.small
                elide: Text.ElideMiddle
                Accessible.ignored: true
            }
            BodyText {
                Layout.fillWidth: true
                text: qsTr("%1 CPU  ·  %2 memory").arg(usage.modelData.cpu).arg(usage.modelData.memory)
                code: true
                font.pixelSize: Theme.small
                Accessible.ignored: true
            }
        }
    }

    Caption {
        Layout.fillWidth: true
        visible: text !== ""
        text: part.metrics.problem
        wrapMode: Text.Wrap
    }
}
