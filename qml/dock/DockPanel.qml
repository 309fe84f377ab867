import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Theme

// The foot of the window: logs and terminals in tabs, port-forwards, what runs. Closed it is one line, or nothing when there is nothing to show.
// Ctrl+` opens and closes it, Ctrl+Tab goes through the tabs, its upper edge can be dragged.
Rectangle {
    id: panel

    required property Dock dock // null: no cluster is open
    required property Tasks tasks
    property real room: parent ? parent.height : 0 // that it may take
    property real wanted: Theme.dock
    property bool open: false
    property bool tall: false // the whole height
    property string section: "tasks" // "tab", "forwards" or "tasks"
    readonly property int tabs: dock ? dock.titles.length : 0
    readonly property var sections: {
        const list = []
        for (let i = 0; i < tabs; ++i)
            list.push("tab")
        if (dock)
            list.push("forwards")
        list.push("tasks")
        return list
    }
    readonly property string shown: section === "tab" && tabs === 0 || section === "forwards" && !dock ? "tasks" : section
    property Item focusBefore // who had the focus before the dock

    implicitHeight: open ? (tall ? room : Math.min(wanted, room * 0.85)) : visible ? bar.implicitHeight + Theme.hair : 0
    visible: open || tabs > 0 || tasks.count > 0 || (dock !== null && dock.forwards.count > 0)
    color: Theme.colors.surface
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Dock")

    function show(what: string) {
        if (!open)
            focusBefore = Window.activeFocusItem
        section = what
        open = true
        focusContent()
    }
    function focusContent() {
        if (shown === "tab" && dock.terminal)
            terminalTab.focusTerminal()
        else if (shown === "tab")
            logView.focusLines()
        else if (shown === "forwards")
            forwards.focusList()
        else
            taskList.focusList()
    }
    function toggle() {
        if (!open)
            return show(shown)
        open = false
        tall = false
        if (focusBefore)
            focusBefore.forceActiveFocus()
    }
    function step(by: int) {
        const now = shown === "tab" ? dock.current : sections.indexOf(shown)
        const next = (now + by + sections.length) % sections.length
        if (sections[next] === "tab")
            dock.current = next
        show(sections[next])
    }

    Connections {
        target: panel.dock
        function onTabOpened() {
            panel.show("tab")
        }
        function onForwardStarted() {
            panel.show("forwards")
        }
        function onForwardRequested(title, choices) {
            forwardDialog.ask(title, choices)
        }
    }
    Shortcut {
        sequences: ["Ctrl+`"]
        onActivated: panel.toggle()
    }
    Shortcut {
        sequences: ["Ctrl+Tab"]
        enabled: panel.open
        onActivated: panel.step(1)
    }
    Shortcut {
        sequences: ["Ctrl+Shift+Tab", "Ctrl+Backtab"]
        enabled: panel.open
        onActivated: panel.step(-1)
    }
    ForwardDialog {
        id: forwardDialog
        dock: panel.dock
    }

    Rectangle {
        width: parent.width
        height: Theme.hair
        color: Theme.colors.border
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.topMargin: Theme.hair
        spacing: 0

        DockBar {
            id: bar
            Layout.fillWidth: true
            dock: panel.dock
            tasks: panel.tasks
            section: panel.open ? panel.shown : ""
            open: panel.open
            tall: panel.tall
            onChosen: what => panel.show(what)
            onToggled: panel.toggle()
            onTallRequested: on => panel.tall = on
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.hair
            visible: panel.open
            color: Theme.colors.border
        }
        TerminalTab {
            id: terminalTab
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: panel.open && panel.shown === "tab" && terminal !== null
            terminal: panel.dock ? panel.dock.terminal : null
        }
        LogView {
            id: logView
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: panel.open && panel.shown === "tab" && log !== null
            log: panel.dock ? panel.dock.log : null
        }
        ForwardList {
            id: forwards
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: panel.open && panel.shown === "forwards"
            forwards: panel.dock ? panel.dock.forwards : null
        }
        TaskList {
            id: taskList
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: panel.open && panel.shown === "tasks"
            tasks: panel.tasks
        }
    }

    Item {
        width: parent.width
        height: Theme.s
        y: -height / 2
        visible: panel.open

        HoverHandler {
            cursorShape: Qt.SplitVCursor
        }
        DragHandler {
            id: drag
            target: null
            yAxis.enabled: true
            xAxis.enabled: false
            property real start
            onActiveChanged: start = panel.height
            onTranslationChanged: {
                if (active) {
                    panel.tall = false
                    panel.wanted = Math.max(Theme.px(120), Math.min(panel.room * 0.85, start - translation.y))
                }
            }
        }
    }
}
