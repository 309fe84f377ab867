import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// Home: every cluster as a card, its start-up as it happens.
Item {
    id: page

    required property Session session
    readonly property bool reachable: session.engine.state === EngineLink.Connected || session.engine.state === EngineLink.Reconnecting

    signal openRequested(string name)

    function settled(): bool {
        return true
    }

    readonly property int total: session.clusters.count + session.remoteClusters.count

    function create() {
        creation.begin()
    }

    function attachRemote() {
        attach.begin()
    }

    EngineAbsent {
        anchors.fill: parent
        visible: !page.reachable
        engine: page.session.engine
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.xl
        anchors.bottomMargin: 0
        spacing: Theme.l
        visible: page.reachable

        RowLayout {
            spacing: Theme.m

            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.xs

                Heading {
                    Layout.fillWidth: true
                    text: qsTr("Clusters")
                }
                BodyText {
                    Layout.fillWidth: true
                    dim: true
                    text: qsTr("Real Kubernetes on this computer: no account, no virtual machine, no Docker.")
                }
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                iconName: "link"
                text: qsTr("Attach remote …")
                explanation: qsTr("Look at a cluster that a kubeconfig names")
                onClicked: attach.begin()
            }
            AppButton {
                Layout.alignment: Qt.AlignTop
                primary: true
                iconName: "plus"
                text: qsTr("New cluster")
                onClicked: page.create()
            }
        }

        EmptyState {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: page.session.clusters.synced && page.total === 0
            iconName: "clusters"
            title: qsTr("No cluster yet")
            text: qsTr("A cluster with one control plane and two nodes is ready in a second or two, and gone without a trace when you delete it.")

            AppButton {
                primary: true
                iconName: "plus"
                text: qsTr("Create a cluster")
                onClicked: page.create()
            }
        }

        Flickable {
            id: area
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.rightMargin: -Theme.l
            visible: page.total > 0
            clip: true
            contentHeight: sections.implicitHeight + Theme.l
            boundsBehavior: Flickable.StopAtBounds
            readonly property int columns: Math.max(1, Math.floor(width / Theme.card))
            readonly property int cardWidth: Math.floor(width / columns) - Theme.l
            T.ScrollBar.vertical: ThinScrollBar {}

            ScrollToFocus {
                area: area
            }

            Column {
                id: sections
                width: area.width
                spacing: Theme.l

                Flow {
                    width: parent.width
                    spacing: Theme.l

                    Repeater {
                        model: page.session.clusters
                        delegate: ClusterCard {
                            required property string key
                            required property int state

                            width: area.cardWidth
                            height: Theme.px(300)
                            value: state
                            metrics: page.session.metrics
                            onOpenRequested: page.openRequested(key)
                            onStartRequested: page.session.clusterActions.start(key)
                            onStopRequested: page.session.clusterActions.stop(key)
                            onDeleteRequested: remove.ask(key)
                            onProcessesRequested: processes.show(key)
                        }
                    }
                }
                SectionTitle {
                    visible: page.session.remoteClusters.count > 0
                    text: qsTr("Remote")
                }
                Flow {
                    width: parent.width
                    spacing: Theme.l

                    Repeater {
                        model: page.session.remoteClusters
                        delegate: RemoteCard {
                            required property string key
                            required property int state
                            required property string execCommand

                            width: area.cardWidth
                            height: Theme.px(252)
                            value: state
                            onOpenRequested: page.openRequested(key)
                            onConsentRequested: consent.ask(key, execCommand)
                            onDetachRequested: detach.ask(key)
                            onProbeRequested: page.session.remoteActions.probe(key)
                        }
                    }
                }
            }
        }
    }

    Binding {
        target: page.session.metrics
        property: "active"
        value: page.visible && page.Window.visibility !== Window.Hidden && page.Window.visibility !== Window.Minimized
    }
    Component.onDestruction: session.metrics.active = false

    ProcessesSheet {
        id: processes
        metrics: page.session.metrics
    }

    CreateClusterDialog {
        id: creation
        clusters: page.session.clusters
        actions: page.session.clusterActions
    }

    DeleteClusterDialog {
        id: remove
        actions: page.session.clusterActions
    }

    AttachDialog {
        id: attach
        actions: page.session.remoteActions
        clusterActions: page.session.clusterActions
        session: page.session
    }

    ConsentDialog {
        id: consent
        actions: page.session.remoteActions
    }

    DetachDialog {
        id: detach
        actions: page.session.remoteActions
    }
}
