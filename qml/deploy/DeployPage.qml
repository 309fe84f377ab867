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
                visible: page.deploy.cluster === ""
                text: qsTr("Choose a cluster")
                onClicked: page.clustersRequested()
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                text: page.deploy.stage === DeploySession.Finished ? qsTr("Done") : qsTr("Discard")
                enabled: !page.busy
                onClicked: page.deploy.clear()
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
                visible: page.deploy.stage === DeploySession.Following || page.deploy.stage === DeploySession.Finished
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

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.l

            Panel {
                Layout.preferredWidth: Theme.px(400)
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
