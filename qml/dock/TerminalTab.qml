import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// A shell in a container.
ColumnLayout {
    id: tab

    required property TerminalSession terminal

    spacing: 0

    function focusTerminal() {
        view.forceActiveFocus()
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.margins: Theme.s
        visible: tab.terminal !== null && !tab.terminal.connected
        spacing: Theme.m

        BodyText {
            Layout.fillWidth: true
            text: !tab.terminal ? "" : tab.terminal.ended ? tab.terminal.problem : qsTr("Connecting …")
            wrapMode: Text.Wrap
            dim: true
        }
        AppButton {
            compact: true
            visible: tab.terminal !== null && tab.terminal.ended
            iconName: "refresh"
            text: qsTr("New shell")
            explanation: tab.terminal ? tab.terminal.command : ""
            onClicked: tab.terminal.reconnect()
        }
    }

    TerminalView {
        id: view
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.leftMargin: Theme.s
        session: tab.terminal
        fontFamily: Theme.monospace
        fontSize: Theme.body
        textColor: Theme.colors.text
        ground: Theme.colors.surface
        selectionColor: Theme.colors.accentSoft
        ansiColors: Theme.colors.ansi
        Accessible.role: Accessible.EditableText
        Accessible.name: tab.terminal ? qsTr("Terminal, %1").arg(tab.terminal.title) : ""
        Accessible.focusable: true
    }
}
