import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// A log: its tools, where its lines come from, and the lines. Follows the end until one scrolls up, and again once the end is reached.
ColumnLayout {
    id: view

    required property LogSession log
    property bool times: false
    property bool wrap: false
    readonly property alias follow: canvas.follow
    readonly property alias newLines: canvas.newLines
    property string message // what came of copying or saving
    property bool messageGood: true

    spacing: 0

    function focusSearch() {
        tools.focusSearch()
    }
    function focusLines() {
        canvas.forceActiveFocus()
    }

    Connections {
        target: view.log
        function onSaved(sentence, done) {
            view.message = sentence
            view.messageGood = done
            forget.restart()
        }
        function onCopied() {
            view.message = qsTr("Copied.")
            view.messageGood = true
            forget.restart()
        }
    }
    Timer {
        id: forget
        interval: Theme.noticeTime
        onTriggered: view.message = ""
    }

    LogTools {
        id: tools
        Layout.fillWidth: true
        Layout.topMargin: Theme.xs
        Layout.leftMargin: Theme.m
        Layout.rightMargin: Theme.m
        log: view.log
        times: view.times
        wrap: view.wrap
        onTimesRequested: on => view.times = on
        onWrapRequested: on => view.wrap = on
        onFindRequested: backwards => canvas.find(backwards)
        onCopyRequested: canvas.hasSelection ? canvas.copySelection() : view.log.copyAll(view.times)
        onSaveRequested: saveDialog.open()
        onLinesRequested: canvas.forceActiveFocus()
    }

    LogLegendBar {
        Layout.fillWidth: true
        Layout.leftMargin: Theme.m
        Layout.rightMargin: Theme.m
        visible: view.log !== null && view.log.legend.count > 1
        legend: view.log ? view.log.legend : null
    }

    Caption {
        Layout.fillWidth: true
        Layout.leftMargin: Theme.m
        Layout.rightMargin: Theme.m
        Layout.topMargin: 2
        Layout.bottomMargin: 2
        objectName: "logStatus"
        text: !view.log ? "" : view.message !== "" ? view.message
            : view.log.filterError !== "" ? view.log.filterError
            : view.log.searchError !== "" ? view.log.searchError
            : view.log.total === 0 ? (view.log.legend.count > 0 ? qsTr("Nothing has been written yet.")
                : view.log.previous ? qsTr("No container here was restarted, so there is no log of an earlier run.")
                : qsTr("No container has run yet. The log begins when one does."))
            : view.log.lines.count < view.log.total ? qsTr("%1 of %2 lines shown").arg(view.log.lines.count).arg(view.log.total)
            : view.log.dropped > 0 ? qsTr("%1 lines; %2 older ones were let go").arg(view.log.total).arg(view.log.dropped)
            : qsTr("%n line(s)", "", view.log.total)
        color: !view.messageGood && view.message !== "" || view.log && (view.log.filterError !== "" || view.log.searchError !== "")
            ? Theme.stateColor(ObjectState.Failing) : Theme.colors.textFaint
    }

    Item {
        Layout.fillWidth: true
        Layout.fillHeight: true
        clip: true

        LogCanvas {
            id: canvas
            objectName: "logCanvas"
            anchors.fill: parent
            anchors.rightMargin: vertical.implicitWidth
            anchors.bottomMargin: horizontal.visible ? horizontal.height : 0
            session: view.log
            wrap: view.wrap
            times: view.times
            font.family: Theme.monospace
            font.pixelSize: Theme.small
            textColor: Theme.colors.text
            faintColor: Theme.colors.textFaint
            noteColor: Theme.stateColor(ObjectState.Waiting)
            ground: Theme.colors.surface
            selectionColor: Theme.colors.accentSoft
            hitColor: Theme.colors.surfacePressed
            currentHitColor: Theme.colors.accent
            currentHitText: Theme.colors.accentText
            seriesColors: Theme.colors.series
            ansiColors: Theme.colors.ansi
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Log lines")
            Accessible.description: canvas.currentText
            Accessible.focusable: true
            Keys.onPressed: event => {
                if (event.matches(StandardKey.Find)) {
                    tools.focusSearch()
                    event.accepted = true
                }
            }
        }
        FocusRing {
            anchors.margins: 1
            shown: canvas.activeFocus
        }

        ThinScrollBar {
            id: vertical
            anchors.right: parent.right
            height: canvas.height
            orientation: Qt.Vertical
            size: canvas.pageSize
            policy: T.ScrollBar.AsNeeded
            onPositionChanged: {
                if (pressed)
                    canvas.scrollTo(position)
            }
            Binding on position {
                when: !vertical.pressed
                value: canvas.position
            }
        }
        ThinScrollBar {
            id: horizontal
            anchors.bottom: parent.bottom
            width: canvas.width
            orientation: Qt.Horizontal
            size: canvas.sidePageSize
            policy: T.ScrollBar.AsNeeded
            onPositionChanged: {
                if (pressed)
                    canvas.scrollSideTo(position)
            }
            Binding on position {
                when: !horizontal.pressed
                value: canvas.sidePosition
            }
        }

        AppButton {
            objectName: "newLines"
            anchors.right: canvas.right
            anchors.bottom: canvas.bottom
            anchors.margins: Theme.m
            visible: !canvas.follow
            compact: true
            primary: true
            iconName: "down"
            text: canvas.newLines > 0 ? qsTr("%n new line(s)", "", canvas.newLines) : qsTr("To the end")
            explanation: qsTr("Go to the end and follow it")
            onClicked: canvas.follow = true
        }
    }

    FileDialog {
        id: saveDialog
        title: qsTr("Save the log")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "log"
        nameFilters: [qsTr("Logs (*.log)"), qsTr("All files (*)")]
        onAccepted: view.log.save(selectedFile, view.times)
    }
}
