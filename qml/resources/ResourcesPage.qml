import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// Every kind that the server has, as the server prints it.
Item {
    id: page

    required property ClusterSession cluster
    readonly property ResourceTable table: cluster ? cluster.table : null
    property int filterRequests: 0 // each takes the keyboard to the filter
    readonly property bool known: table !== null && table.resourceId !== ""

    signal clustersRequested
    // `what` of the object whose details are open now: overview, yaml, logs or shell.
    signal viewRequested(string what)

    function settled(): bool {
        return !cluster || (cluster.catalog.loaded && known && table.rows.synced)
    }

    function openFirst() {
        if (cluster && cluster.catalog.loaded && !known)
            cluster.openTable("pods")
    }

    onFilterRequestsChanged: filterBar.take()
    onClusterChanged: openFirst()
    Component.onCompleted: openFirst()

    Connections {
        target: page.cluster ? page.cluster.catalog : null
        function onChanged() {
            page.openFirst()
        }
    }

    EmptyState {
        anchors.fill: parent
        visible: !page.cluster
        iconName: "resources"
        title: qsTr("No cluster is open")
        text: qsTr("Open a cluster to see what it holds.")

        AppButton {
            primary: true
            text: qsTr("Go to the clusters")
            onClicked: page.clustersRequested()
        }
    }

    RowLayout {
        anchors.fill: parent
        visible: page.cluster !== null
        spacing: 0

        KindList {
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.px(204)
            visible: page.width > Theme.px(760)
            catalog: page.cluster ? page.cluster.catalog : null
            current: page.known ? page.table.resourceId : ""
            onChosen: id => page.cluster.openTable(id)
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: 0

            RowLayout {
                Layout.fillWidth: true
                Layout.margins: Theme.l
                Layout.bottomMargin: Theme.m
                spacing: Theme.m

                Heading {
                    text: page.known ? page.table.title : ""
                }
                BodyText {
                    Layout.alignment: Qt.AlignBaseline
                    visible: page.known
                    dim: true
                    text: !page.known ? "" : page.table.rows.count === page.table.rows.total ? page.table.rows.total
                        : qsTr("%1 of %2").arg(page.table.rows.count).arg(page.table.rows.total)
                }
                Item {
                    Layout.fillWidth: true
                }
                FilterBar {
                    id: filterBar
                    Layout.fillWidth: true
                    Layout.maximumWidth: Theme.px(320)
                    visible: page.known
                    table: page.table
                    onLeaveRequested: grid.forceActiveFocus()
                    onSavedChosen: (id, filter) => {
                        if (page.cluster.openTable(id))
                            page.table.filter = filter
                    }
                }
                ColumnMenu {
                    visible: page.known
                    table: page.table
                }
                IconButton {
                    visible: page.known && !page.table.watched
                    iconName: "refresh"
                    explanation: qsTr("Read again: the server does not say when these change")
                    onClicked: page.table.refresh()
                }
                IconButton {
                    visible: page.known
                    iconName: "download"
                    explanation: qsTr("Save what is shown as CSV")
                    onClicked: csv.open()
                }
            }
            BodyText {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.l
                Layout.rightMargin: Theme.l
                Layout.bottomMargin: Theme.s
                visible: text !== ""
                wrapMode: Text.Wrap
                color: Theme.colors.danger
                text: !page.known ? "" : page.table.filterProblem !== "" ? page.table.filterProblem
                    : grid.visible && page.table.rows.count > 0 && page.table.live.problem !== ""
                    ? qsTr("This is not up to date: %1").arg(page.table.live.problem) : ""
            }

            TableGrid {
                id: grid
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: page.known
                table: page.table
                readonly property bool ours: page.cluster !== null && page.cluster.details.open && page.cluster.details.kind === page.table.kind
                selectedKey: ours ? page.cluster.details.key : ""
                onActivated: (ns, name, what) => {
                    if (page.cluster.openDetails(page.table.apiVersion, page.table.kind, ns, name))
                        page.viewRequested(what)
                }
                onDeleteAsked: {
                    page.cluster.takeMarked()
                    bulk.ask("delete")
                }
            }
            SelectionBar {
                Layout.fillWidth: true
                cluster: page.cluster
                onAsked: action => {
                    page.cluster.takeMarked()
                    bulk.ask(action)
                }
            }
        }
    }

    BulkDialog {
        id: bulk
        bulk: page.cluster ? page.cluster.bulk : null
        onClosed: grid.forceActiveFocus()
    }
    FileDialog {
        id: csv
        fileMode: FileDialog.SaveFile
        defaultSuffix: "csv"
        nameFilters: [qsTr("Comma-separated values (*.csv)")]
        onAccepted: page.table.exportCsv(selectedFile)
    }
}
