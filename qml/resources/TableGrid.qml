import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The table itself: header that sorts, rows that are made only for what is seen.
FocusScope {
    id: grid

    required property ResourceTable table
    required property string selectedKey
    // Maps {name, column, width, status}; column -1 is the namespace.
    readonly property var columns: layOut(table ? table.columns : [], table ? table.namespaced : false, width - 2 * Theme.l)

    signal activated(string ns, string name)

    function layOut(columns, namespaced, room) {
        const character = Theme.body * 0.56
        const wanted = columns.map(column => ({
            name: column.name, column: column.column, status: column.status,
            width: Math.round(Math.min(46, column.characters) * character + Theme.xl + (column.status ? Theme.glyphSize : 0))
        }))
        if (namespaced && wanted.length > 0)
            wanted.splice(1, 0, { name: qsTr("Namespace"), column: -1, status: false, width: Math.round(14 * character + Theme.l) })
        const total = wanted.reduce((sum, column) => sum + column.width, 0)
        if (total > room) {
            // What is widest gives most.
            const least = Theme.px(64)
            const spare = wanted.reduce((sum, column) => sum + Math.max(0, column.width - least), 0)
            const excess = Math.min(spare, total - room)
            for (const column of wanted)
                column.width -= Math.floor(excess * Math.max(0, column.width - least) / Math.max(1, spare))
        } else if (wanted.length > 0) {
            wanted[0].width += Math.min(room - total, Theme.px(160))
        }
        return wanted
    }

    Row {
        id: header
        x: Theme.l
        height: Theme.px(30)

        Repeater {
            model: grid.columns

            T.AbstractButton {
                id: title

                required property var modelData
                readonly property bool sorted: grid.table && modelData.column >= 0 && grid.table.sortColumn === modelData.column

                width: modelData.width
                height: header.height
                enabled: modelData.column >= 0
                hoverEnabled: true
                focusPolicy: Qt.TabFocus
                onClicked: grid.table.sortBy(modelData.column)
                Accessible.role: Accessible.ColumnHeader
                Accessible.name: modelData.name + (sorted ? grid.table.sortDescending ? qsTr(", descending") : qsTr(", ascending") : "")

                contentItem: Row {
                    spacing: Theme.xs
                    leftPadding: Theme.s

                    SectionTitle {
                        anchors.verticalCenter: parent.verticalCenter
                        width: Math.min(implicitWidth, title.width - Theme.xl)
                        text: title.modelData.name
                        color: title.hovered || title.sorted ? Theme.colors.text : Theme.colors.textFaint
                        Accessible.ignored: true
                    }
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: title.sorted
                        width: Theme.m
                        height: Theme.m
                        name: grid.table && grid.table.sortDescending ? "down" : "sortup"
                        color: Theme.colors.accent
                    }
                }
                background: Item {
                    FocusRing {
                        shown: title.visualFocus
                        anchors.margins: 1
                    }
                }
            }
        }
    }

    Rectangle {
        anchors.top: header.bottom
        width: parent.width
        height: Theme.hair
        color: Theme.colors.border
    }

    ListView {
        id: list
        anchors.fill: parent
        anchors.topMargin: header.height + Theme.hair
        clip: true
        focus: true
        reuseItems: true
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: true
        activeFocusOnTab: true
        highlightMoveDuration: 0
        model: grid.table ? grid.table.rows : null
        cacheBuffer: Theme.row * 6
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.Table
        Accessible.name: grid.table ? grid.table.title : ""

        property string currentKey
        onCurrentIndexChanged: {
            if (currentIndex >= 0 && activeFocus)
                currentKey = grid.table.rows.keyAt(currentIndex)
        }
        Connections {
            target: list.model
            function onModelReset() {
                list.currentIndex = grid.table.rows.indexOfKey(list.currentKey)
            }
        }

        delegate: TableRow {
            columns: grid.columns
            selected: key === grid.selectedKey
            onClicked: {
                ListView.view.currentIndex = index
                ListView.view.currentKey = key
                ListView.view.forceActiveFocus()
                grid.activated(ns, name)
            }
        }
    }

    EmptyState {
        anchors.fill: list
        visible: grid.table && list.count === 0
        iconName: grid.table && grid.table.live && grid.table.live.problem !== "" ? "warning" : "search"
        title: !grid.table || !grid.table.live ? "" : grid.table.live.problem !== "" ? qsTr("%1 cannot be listed").arg(grid.table.title)
            : !grid.table.rows.synced ? qsTr("Reading …")
            : grid.table.rows.total > 0 ? qsTr("Nothing matches") : qsTr("There are no %1").arg(grid.table.title)
        text: !grid.table || !grid.table.live ? "" : grid.table.live.problem !== "" ? grid.table.live.problem
            : grid.table.rows.total > 0 ? qsTr("%n object(s) are hidden by the filter or by the chosen namespaces.", "", grid.table.rows.total) : ""
    }
}
