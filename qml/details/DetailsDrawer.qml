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
    readonly property bool found: details !== null && details.open && details.found
    property int tab: 0
    // For screenshots: an action to begin with, once the object is there; "edit", or "edit~OLD~NEW" to review a change too.
    property string startAction
    readonly property bool acted: startAction === "" && details !== null && !details.yaml.busy && !details.preview.busy

    function act() {
        if (startAction === "" || !found || details.yaml.liveText === "")
            return
        const words = startAction.split("~")
        startAction = ""
        if (words[0] !== "edit")
            return bar.run(words[0])
        details.yaml.begin()
        if (words.length === 3) {
            details.yaml.text = details.yaml.text.replace(words[1], words[2])
            details.yaml.review()
        }
    }
    Connections {
        target: drawer.details ? drawer.details.yaml : null
        function onLiveTextChanged() {
            drawer.act()
        }
    }

    implicitWidth: Theme.drawer
    color: Theme.colors.surface
    Accessible.role: Accessible.Pane
    Accessible.name: details ? details.kind + " " + details.title : ""

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
                    text: drawer.details ? drawer.details.title : ""
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
            id: bar
            Layout.fillWidth: true
            Layout.leftMargin: Theme.l
            Layout.rightMargin: Theme.l
            visible: drawer.found && !drawer.details.gone
            cluster: drawer.cluster
            details: drawer.details
        }

        ProblemText {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.l
            Layout.rightMargin: Theme.l
            Layout.topMargin: Theme.s
            visible: drawer.found && text !== ""
            value: ObjectState.Waiting
            text: !drawer.found ? "" : drawer.details.gone ? qsTr("This object has been deleted. What is shown is how it was last.")
                : drawer.details.problem !== "" ? qsTr("Not up to date: %1").arg(drawer.details.problem) : ""
        }

        TabStrip {
            Layout.leftMargin: Theme.s
            Layout.topMargin: Theme.xs
            visible: drawer.found
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
            visible: drawer.found
            active: drawer.found
            sourceComponent: [overview, related, events, yaml, changes][drawer.tab]
        }

        // There is nothing to show, and why.
        EmptyState {
            objectName: "nothing"
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: drawer.details && !drawer.found
            iconName: drawer.details && (drawer.details.absent || drawer.details.problem !== "") ? "warning" : "refresh"
            title: !drawer.details ? "" : drawer.details.problem !== "" ? qsTr("%1 cannot be read").arg(drawer.details.title)
                : drawer.details.absent ? qsTr("There is no such %1").arg(drawer.details.kind) : qsTr("Reading …")
            text: !drawer.details ? "" : drawer.details.problem !== "" ? drawer.details.problem
                : !drawer.details.absent ? ""
                : drawer.details.ns === "" ? qsTr("The cluster has no %1 now. It appears here as soon as it exists.").arg(drawer.details.title)
                : qsTr("The namespace %1 has no %2 now. It appears here as soon as it exists.").arg(drawer.details.ns).arg(drawer.details.title)
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
