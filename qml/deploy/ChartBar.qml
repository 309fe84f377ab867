import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// The Helm chart that was dropped: how its release is called, where it goes, and its values.
RowLayout {
    id: bar

    required property DeploySession deploy
    readonly property ChartRelease chart: deploy.chart
    readonly property bool editable: deploy.stage === DeploySession.Review && !chart.busy

    spacing: Theme.s

    KindBadge {
        kind: "HelmChart"
    }
    BodyText {
        text: bar.chart.name
        strong: true
        Layout.maximumWidth: Theme.px(200)
    }
    BodyText {
        text: qsTr("as")
        dim: true
    }
    TextBox {
        objectName: "release"
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(180)
        label: qsTr("Release")
        enabled: bar.editable
        text: bar.chart.release
        onTextEdited: bar.chart.release = text
        onEditingFinished: bar.deploy.renderChart()
    }
    BodyText {
        text: qsTr("in")
        dim: true
    }
    TextBox {
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(180)
        label: qsTr("Namespace")
        enabled: bar.editable
        text: bar.chart.ns
        onTextEdited: bar.chart.ns = text
        onEditingFinished: bar.deploy.renderChart()
    }
    AppButton {
        iconName: "edit"
        text: qsTr("Values …")
        enabled: bar.editable
        onClicked: sheet.ask()
    }
    Item {
        Layout.fillWidth: true
    }

    Sheet {
        id: sheet

        title: qsTr("Values of %1").arg(bar.chart.release)
        width: Math.min(Theme.px(820), parent ? parent.width - 2 * Theme.xl : Theme.px(820))

        function ask() {
            values.text = bar.chart.values
            open()
            values.take()
        }

        Row {
            width: parent.width
            spacing: Theme.l

            Column {
                width: (parent.width - Theme.l) / 2
                spacing: Theme.xs

                SectionTitle {
                    text: qsTr("Yours")
                }
                CodeBox {
                    id: values
                    width: parent.width
                    height: Theme.px(320)
                    label: qsTr("Your values, over the chart's own")
                    placeholder: "replicaCount: 2"
                }
            }
            Column {
                width: (parent.width - Theme.l) / 2
                spacing: Theme.xs

                SectionTitle {
                    text: qsTr("The chart's own")
                }
                CodeBox {
                    width: parent.width
                    height: Theme.px(320)
                    readOnly: true
                    label: qsTr("The chart's own values")
                    text: bar.chart.defaults // only read, so the binding stays
                }
            }
        }
        CommandHint {
            width: parent.width
            command: bar.deploy.command()
        }

        buttons: [
            AppButton {
                text: qsTr("Cancel")
                onClicked: sheet.close()
            },
            AppButton {
                primary: true
                text: qsTr("See what it would change")
                onClicked: {
                    bar.chart.values = values.text
                    bar.deploy.renderChart()
                    sheet.close()
                }
            }
        ]
    }
}
