import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// From a dropped manifest to running pods: list, what would change, apply, follow.
Item {
    id: page

    required property DeploySession deploy

    signal mapRequested
    signal clustersRequested

    readonly property bool busy: deploy.stage === DeploySession.Reading || deploy.stage === DeploySession.Applying
        || deploy.stage === DeploySession.Undoing
    readonly property bool after: deploy.stage === DeploySession.Following || deploy.stage === DeploySession.Finished

    function settled(): bool {
        return deploy.stage !== DeploySession.Reading && (deploy.checking === 0 || deploy.cluster === "")
    }

    DeployStart {
        anchors.fill: parent
        visible: page.deploy.stage === DeploySession.Empty
        deploy: page.deploy
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.xl
        spacing: Theme.l
        visible: page.deploy.stage !== DeploySession.Empty

        RowLayout {
            spacing: Theme.m

            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.xs

                Heading {
                    Layout.fillWidth: true
                    text: page.deploy.cluster === "" ? qsTr("Deploy") : qsTr("Deploy to %1").arg(page.deploy.cluster)
                }
                BodyText {
                    Layout.fillWidth: true
                    dim: true
                    text: page.deploy.stage === DeploySession.Reading ? qsTr("Reading …") : page.deploy.summary
                }
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                visible: page.deploy.stage === DeploySession.Review && page.deploy.draft !== ""
                iconName: "edit"
                text: qsTr("Edit the text")
                onClicked: page.deploy.clear()
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                visible: page.deploy.canUndo
                iconName: "back"
                text: qsTr("Undo")
                explanation: qsTr("Puts back what was changed and deletes what was created")
                onClicked: page.deploy.undo()
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                visible: page.deploy.cluster === ""
                text: qsTr("Choose a cluster")
                onClicked: page.clustersRequested()
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                text: page.after ? qsTr("Done") : qsTr("Discard")
                enabled: !page.busy
                onClicked: {
                    if (page.after)
                        page.deploy.draft = ""
                    page.deploy.clear()
                }
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                visible: page.deploy.stage === DeploySession.Review
                iconName: "refresh"
                text: qsTr("Check again")
                onClicked: page.deploy.recheck()
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                visible: page.after || page.deploy.toApply > 0
                iconName: "map"
                text: qsTr("Show on the map")
                onClicked: page.mapRequested()
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                visible: page.deploy.stage === DeploySession.Review
                primary: true
                iconName: "deploy"
                enabled: page.deploy.toApply > 0
                text: page.deploy.toApply > 0 ? qsTr("Apply %n object(s)", "", page.deploy.toApply) : qsTr("Nothing to apply")
                explanation: page.deploy.command()
                onClicked: page.deploy.apply()
            }
        }

        BodyText {
            Layout.fillWidth: true
            visible: text !== ""
            wrapMode: Text.Wrap
            color: Theme.colors.danger
            text: page.deploy.interruption
        }
        ChartBar {
            Layout.fillWidth: true
            visible: page.deploy.chart.name !== ""
            deploy: page.deploy
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.l

            Panel {
                Layout.preferredWidth: Math.min(Theme.px(400), page.width * 0.42)
                Layout.fillHeight: true
                clip: true

                DeployList {
                    id: list
                    anchors.fill: parent
                    anchors.margins: Theme.s
                    deploy: page.deploy
                }
            }
            Panel {
                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true

                DeployDetail {
                    anchors.fill: parent
                    anchors.margins: Theme.hair
                    deploy: page.deploy
                    row: list.currentIndex
                }
            }
        }
    }
}
