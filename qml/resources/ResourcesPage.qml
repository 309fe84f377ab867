import QtQuick
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

    function settled(): bool {
        return !cluster || (cluster.catalog.loaded && known && table.rows.synced)
    }

    function openFirst() {
        if (cluster && cluster.catalog.loaded && !known)
            cluster.openTable("pods")
    }

    onFilterRequestsChanged: filterBox.forceActiveFocus()
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
                TextBox {
                    id: filterBox
                    Layout.fillWidth: true
                    Layout.maximumWidth: Theme.px(240)
                    Layout.minimumWidth: Theme.px(120)
                    iconName: "search"
                    placeholderText: qsTr("Filter: names, labels … (/)")
                    text: page.known ? page.table.filter : ""
                    onTextEdited: page.table.filter = text
                    Keys.onEscapePressed: {
                        page.table.filter = ""
                        grid.forceActiveFocus()
                    }
                    Keys.onDownPressed: grid.forceActiveFocus()
                }
                AppButton {
                    text: qsTr("Wide")
                    iconName: page.known && page.table.wide ? "check" : ""
                    explanation: page.known ? qsTr("More columns") + "\n" + page.table.command() : ""
                    onClicked: page.table.wide = !page.table.wide
                }
            }

            TableGrid {
                id: grid
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: page.known
                table: page.table
                readonly property bool ours: page.cluster !== null && page.cluster.details.open && page.cluster.details.kind === page.table.kind
                selectedKey: ours ? page.cluster.details.key : ""
                onActivated: (ns, name) => page.cluster.openDetails(page.table.apiVersion, page.table.kind, ns, name)
            }
        }
    }
}
