import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// Everything about one object, at the right, from anywhere in the window.
Rectangle {
    id: drawer

    required property ClusterSession cluster
    readonly property ObjectDetails details: cluster ? cluster.details : null
    property int tab: 0

    implicitWidth: Theme.drawer
    color: Theme.colors.surface
    Accessible.role: Accessible.Pane
    Accessible.name: details ? details.kind + " " + details.name : ""

    Rectangle {
        width: Theme.hair
        height: parent.height
        color: Theme.colors.border
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.hair
        spacing: 0
        visible: drawer.details && drawer.details.open

        RowLayout {
            Layout.fillWidth: true
            Layout.margins: Theme.l
            Layout.bottomMargin: Theme.s
            spacing: Theme.m

            KindBadge {
                Layout.alignment: Qt.AlignTop
                kind: drawer.details ? drawer.details.kind : ""
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 1

                BodyText {
                    Layout.fillWidth: true
                    text: drawer.details ? drawer.details.name : ""
                    font.pixelSize: Theme.title
                    strong: true
                    elide: Text.ElideMiddle
                }
                Caption {
                    Layout.fillWidth: true
                    text: !drawer.details ? "" : drawer.details.ns === "" ? drawer.details.kind : drawer.details.kind + "  ·  " + drawer.details.ns
                }
            }
            StateBadge {
                Layout.alignment: Qt.AlignTop
                visible: text !== ""
                value: drawer.details ? drawer.details.state : 0
                text: drawer.details ? drawer.details.statusText : ""
            }
            IconButton {
                Layout.alignment: Qt.AlignTop
                iconName: "close"
                explanation: qsTr("Close (Esc)")
                onClicked: drawer.details.close()
            }
        }

        ActionBar {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.l
            Layout.rightMargin: Theme.l
            visible: drawer.details && drawer.details.found && !drawer.details.gone
            cluster: drawer.cluster
            details: drawer.details
        }

        TabStrip {
            Layout.leftMargin: Theme.s
            Layout.topMargin: Theme.xs
            names: [qsTr("Overview"), qsTr("Related"), qsTr("Events"), qsTr("YAML"), qsTr("Changes")]
            current: drawer.tab
            onChosen: index => drawer.tab = index
        }

        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.hair
            color: Theme.colors.border
        }

        Loader {
            Layout.fillWidth: true
            Layout.fillHeight: true
            active: drawer.details && drawer.details.open
            sourceComponent: [overview, related, events, yaml, changes][drawer.tab]
        }
    }

    Component {
        id: overview
        OverviewTab {
            details: drawer.details
            onLogsRequested: container => drawer.cluster.openLogs(container)
            onShellRequested: container => drawer.cluster.openTerminal(container)
        }
    }
    Component {
        id: related
        RelatedTab {
            details: drawer.details
            onChosen: (apiVersion, kind, ns, name) => drawer.cluster.openDetails(apiVersion, kind, ns, name)
        }
    }
    Component {
        id: events
        EventsTab {
            details: drawer.details
        }
    }
    Component {
        id: yaml
        YamlTab {
            details: drawer.details
        }
    }
    Component {
        id: changes
        ChangesTab {
            details: drawer.details
        }
    }
}
