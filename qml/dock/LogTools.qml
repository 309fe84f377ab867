import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// What can be done with a log: search, filter, the previous run, how it is shown, take it along.
RowLayout {
    id: tools

    required property LogSession log
    required property bool times
    required property bool wrap
    property bool expression: false

    signal timesRequested(bool on)
    signal wrapRequested(bool on)
    signal findRequested(bool backwards)
    signal copyRequested
    signal saveRequested
    signal linesRequested

    spacing: Theme.xs

    function focusSearch() {
        search.forceActiveFocus()
        search.selectAll()
    }

    onLogChanged: {
        search.text = log ? log.searchText : ""
        filter.text = log ? log.filterText : ""
    }
    onExpressionChanged: {
        if (!log)
            return
        log.setSearch(search.text, expression)
        log.setFilter(filter.text, expression)
    }

    TextBox {
        id: search
        objectName: "logSearch"
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(230)
        Layout.minimumWidth: Theme.px(90)
        implicitHeight: Theme.controlSmall
        font.pixelSize: Theme.small
        iconName: "search"
        placeholderText: qsTr("Search")
        label: qsTr("Search the log")
        wrong: tools.log !== null && tools.log.searchError !== ""
        onTextEdited: {
            tools.log.setSearch(text, tools.expression)
            if (text !== "")
                tools.findRequested(true)
        }
        Keys.onReturnPressed: event => tools.findRequested(!(event.modifiers & Qt.ShiftModifier))
        Keys.onUpPressed: tools.findRequested(true)
        Keys.onDownPressed: tools.findRequested(false)
        Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape
        Keys.onEscapePressed: {
            text = ""
            tools.log.setSearch("", tools.expression)
            tools.linesRequested()
        }
    }
    Caption {
        objectName: "logHits"
        Layout.minimumWidth: Theme.px(56)
        visible: tools.log !== null && tools.log.searchText !== "" && tools.log.searchError === ""
        text: !tools.log ? "" : tools.log.hits === 0 ? (tools.log.complete ? qsTr("not found") : qsTr("searching …"))
            : tools.log.hitOrdinal > 0 ? qsTr("%1 of %2").arg(tools.log.hitOrdinal).arg(tools.log.hits) : qsTr("%n line(s)", "", tools.log.hits)
    }
    IconButton {
        iconName: "up"
        explanation: qsTr("Previous match (Enter)")
        enabled: tools.log !== null && tools.log.hits > 0
        onClicked: tools.findRequested(true)
    }
    IconButton {
        iconName: "down"
        explanation: qsTr("Next match (Shift+Enter)")
        enabled: tools.log !== null && tools.log.hits > 0
        onClicked: tools.findRequested(false)
    }
    TextBox {
        id: filter
        objectName: "logFilter"
        Layout.fillWidth: true
        Layout.maximumWidth: Theme.px(200)
        Layout.minimumWidth: Theme.px(80)
        implicitHeight: Theme.controlSmall
        font.pixelSize: Theme.small
        iconName: "filter"
        placeholderText: qsTr("Only lines with")
        label: qsTr("Show only lines with this")
        wrong: tools.log !== null && tools.log.filterError !== ""
        onTextEdited: tools.log.setFilter(text, tools.expression)
        Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape
        Keys.onEscapePressed: {
            text = ""
            tools.log.setFilter("", tools.expression)
            tools.linesRequested()
        }
    }
    AppButton {
        compact: true
        iconName: tools.expression ? "check" : ""
        text: ".*"
        explanation: qsTr("Search and filter by regular expressions")
        Accessible.name: qsTr("Regular expressions")
        Accessible.checkable: true
        Accessible.checked: tools.expression
        onClicked: tools.expression = !tools.expression
    }
    Item {
        Layout.fillWidth: true
    }
    AppButton {
        compact: true
        iconName: tools.log !== null && tools.log.previous ? "check" : ""
        text: qsTr("Previous")
        explanation: qsTr("The log of the containers before their last restart")
        Accessible.checkable: true
        Accessible.checked: tools.log !== null && tools.log.previous
        onClicked: tools.log.previous = !tools.log.previous
    }
    AppButton {
        compact: true
        iconName: tools.times ? "check" : ""
        text: qsTr("Times")
        explanation: qsTr("When each line was written (UTC)")
        Accessible.checkable: true
        Accessible.checked: tools.times
        onClicked: tools.timesRequested(!tools.times)
    }
    AppButton {
        compact: true
        iconName: tools.wrap ? "check" : ""
        text: qsTr("Wrap")
        explanation: qsTr("Long lines take several rows")
        Accessible.checkable: true
        Accessible.checked: tools.wrap
        onClicked: tools.wrapRequested(!tools.wrap)
    }
    IconButton {
        iconName: "copy"
        explanation: qsTr("Copy what is selected, or everything shown")
        onClicked: tools.copyRequested()
    }
    IconButton {
        iconName: "download"
        explanation: qsTr("Save what is shown to a file")
        onClicked: tools.saveRequested()
    }
}
