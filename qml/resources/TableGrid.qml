import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The table itself: header that sorts, rows that are made only for what is seen, marks, and the keys of k9s.
FocusScope {
    id: grid

    required property ResourceTable table
    required property string selectedKey
    readonly property double markWidth: Theme.px(30)
    // Maps {name, column, width, status, description}; column -1 is the namespace.
    readonly property var columns: layOut(table ? table.columns : [], width - markWidth - Theme.l)

    // `what`: overview, yaml, logs or shell.
    signal activated(string ns, string name, string what)
    signal deleteAsked

    function layOut(columns, room) {
        const character = Theme.body * 0.56
        const wanted = columns.map(column => ({
            name: column.name, column: column.column, status: column.status, description: column.description,
            width: Math.round(Math.min(46, column.characters) * character + Theme.xl + (column.status ? Theme.glyphSize : 0))
        }))
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

    // The keyboard's row; it stays with its object, and the view moves only when the keyboard moves.
    function goTo(row: int) {
        const index = Math.max(0, Math.min(list.count - 1, row))
        if (list.count === 0)
            return
        list.currentIndex = index
        list.currentKey = table.rows.keyAt(index)
        list.positionViewAtIndex(index, ListView.Contain)
    }

    function act(what: string) {
        const row = list.currentIndex
        if (row >= 0 && row < list.count)
            activated(table.rows.value(row, "ns"), table.rows.value(row, "name"), what)
    }

    function pageRows(): int {
        return Math.max(1, Math.floor(list.height / Theme.px(30)) - 1)
    }

    function press(event) {
        const row = list.currentIndex
        const control = event.modifiers & Qt.ControlModifier
        const shift = event.modifiers & Qt.ShiftModifier
        const steps = {
            [Qt.Key_Up]: row - 1, [Qt.Key_K]: row - 1, [Qt.Key_Down]: row + 1, [Qt.Key_J]: row + 1, [Qt.Key_PageUp]: row - pageRows(),
            [Qt.Key_PageDown]: row + pageRows(), [Qt.Key_Home]: 0, [Qt.Key_End]: list.count - 1
        }
        const acts = { [Qt.Key_D]: "overview", [Qt.Key_Y]: "yaml", [Qt.Key_L]: "logs", [Qt.Key_S]: "shell", [Qt.Key_Return]: "overview",
            [Qt.Key_Enter]: "overview" }
        if (control && event.key === Qt.Key_D) {
            if (table.selection.count === 0)
                table.markRange(row, row)
            deleteAsked()
        } else if (control && event.key === Qt.Key_A) {
            table.markRange(0, list.count - 1)
        } else if (control) {
            return
        } else if (event.key in steps) {
            goTo(steps[event.key])
            if (shift && row >= 0)
                table.markRange(row, list.currentIndex)
        } else if (event.key === Qt.Key_Space) {
            table.selection.toggle(table.rows.keyAt(row))
            goTo(row + 1)
        } else if (event.key === Qt.Key_C) {
            table.copy(shift ? table.rowText(row) : table.rows.value(row, "name"))
        } else if (event.key === Qt.Key_Escape && table.selection.count > 0) {
            table.selection.clear()
        } else if (event.key in acts && !shift) {
            act(acts[event.key])
        } else {
            return
        }
        event.accepted = true
    }

    TableHeader {
        id: header
        x: grid.markWidth
        height: Theme.px(30)
        table: grid.table
        columns: grid.columns
    }

    Rectangle {
        anchors.top: header.bottom
        width: parent.width
        height: Theme.hair
        color: Theme.colors.border
    }

    ListView {
        id: list
        objectName: "rows"
        anchors.fill: parent
        anchors.topMargin: header.height + Theme.hair
        clip: true
        focus: true
        reuseItems: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        highlightFollowsCurrentItem: false
        currentIndex: -1
        model: grid.table ? grid.table.rows : null
        cacheBuffer: Theme.row * 6
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.Table
        Accessible.name: grid.table ? grid.table.title : ""
        Keys.onPressed: event => grid.press(event)
        Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape && grid.table.selection.count > 0
        onActiveFocusChanged: {
            if (activeFocus && currentIndex < 0)
                grid.goTo(Math.max(0, indexAt(0, contentY)))
        }

        property string currentKey

        // Single steps move the current row along by themselves; after a new order it is looked for.
        function follow() {
            forceLayout()
            if (currentKey !== "" && grid.table.rows.keyAt(currentIndex) !== currentKey)
                currentIndex = grid.table.rows.indexOfKey(currentKey)
        }

        Timer {
            id: soon
            interval: 0
            onTriggered: list.follow()
        }
        onModelChanged: {
            currentKey = ""
            currentIndex = -1
        }
        Connections {
            target: list.model
            function onLayoutChanged() {
                soon.restart()
            }
        }

        delegate: TableRow {
            columns: grid.columns
            markWidth: grid.markWidth
            selected: key === grid.selectedKey
            marked: grid.table && grid.table.selection.revision >= 0 && grid.table.selection.contains(key)
            onTaken: modifiers => {
                const before = list.currentIndex
                list.forceActiveFocus()
                if (modifiers & Qt.ShiftModifier && before >= 0)
                    grid.table.markRange(before, index)
                grid.goTo(index)
                if (modifiers & Qt.ControlModifier)
                    grid.table.selection.toggle(key)
                else if (!(modifiers & Qt.ShiftModifier))
                    grid.act("overview")
            }
        }
    }

    EmptyState {
        anchors.fill: list
        readonly property string problem: grid.table && grid.table.live ? grid.table.live.problem : ""
        readonly property int hidden: grid.table && grid.table.rows ? grid.table.rows.total : 0
        visible: grid.table && list.count === 0
        iconName: problem !== "" ? "warning" : "search"
        title: !grid.table || !grid.table.live ? "" : problem !== "" ? qsTr("%1 cannot be listed").arg(grid.table.title)
            : !grid.table.rows.synced ? qsTr("Reading …")
            : hidden > 0 ? qsTr("Nothing matches") : qsTr("There are no %1").arg(grid.table.title)
        text: problem !== "" ? (grid.table.live.forbidden ? qsTr("%1\nPerhaps you may in one namespace: choose it above.").arg(problem) : problem)
            : hidden > 0 ? qsTr("%n object(s) are hidden by the filter or by the chosen namespaces.", "", hidden) : ""
    }
}
