import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The lines of a log: follows the end until one scrolls up, and again once the end is reached.
ColumnLayout {
    id: view

    required property LogSession log
    property bool follow: true
    property bool times: false
    property bool wrap: false
    property string needle
    property int hit: -1

    spacing: 0
    onLogChanged: {
        follow = true
        hit = -1
    }

    function find(backwards: bool) {
        hit = log.lines.find(needle, hit < 0 ? lines.indexAt(0, lines.contentY + 1) : hit, backwards)
        if (hit >= 0) {
            follow = false
            lines.positionViewAtIndex(hit, ListView.Center)
        }
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.margins: Theme.xs
        Layout.leftMargin: Theme.m
        Layout.rightMargin: Theme.m
        spacing: Theme.s

        TextBox {
            Layout.preferredWidth: Theme.px(240)
            implicitHeight: Theme.controlSmall
            iconName: "search"
            placeholderText: qsTr("Search the log")
            onTextEdited: {
                view.needle = text
                view.hit = -1
                if (text !== "")
                    view.find(true)
            }
            onAccepted: view.find(true)
            Keys.onUpPressed: view.find(true)
            Keys.onDownPressed: view.find(false)
        }
        Caption {
            visible: view.needle !== "" && view.hit < 0
            text: qsTr("not found")
            color: Theme.stateColor(ObjectState.Waiting)
        }
        Caption {
            Layout.fillWidth: true
            text: !view.log ? "" : view.log.problems.length > 0 ? view.log.problems[view.log.problems.length - 1]
                : view.log.lines.dropped > 0 ? qsTr("%1 lines, %2 older ones let go").arg(view.log.lines.count).arg(view.log.lines.dropped)
                : view.log.sources.length === 0 ? qsTr("No container has run yet")
                : qsTr("%n line(s)", "", view.log.lines.count)
            color: view.log && view.log.problems.length > 0 ? Theme.stateColor(ObjectState.Failing) : Theme.colors.textFaint
        }
        AppButton {
            compact: true
            iconName: view.log && view.log.previous ? "check" : ""
            text: qsTr("Previous")
            explanation: qsTr("The log of the container before its last restart")
            onClicked: view.log.previous = !view.log.previous
        }
        AppButton {
            compact: true
            iconName: view.times ? "check" : ""
            text: qsTr("Times")
            onClicked: view.times = !view.times
        }
        AppButton {
            compact: true
            iconName: view.wrap ? "check" : ""
            text: qsTr("Wrap")
            onClicked: view.wrap = !view.wrap
        }
        AppButton {
            compact: true
            primary: !view.follow
            iconName: "follow"
            text: view.follow ? qsTr("Following") : qsTr("Follow")
            explanation: view.log ? view.log.command : ""
            onClicked: {
                view.follow = true
                lines.positionViewAtEnd()
            }
        }
    }

    ListView {
        id: lines
        Layout.fillWidth: true
        Layout.fillHeight: true
        clip: true
        reuseItems: true
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        model: view.log ? view.log.lines : null
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Log lines")
        Keys.onPressed: event => {
            if (event.key === Qt.Key_End) {
                view.follow = true
                positionViewAtEnd()
            } else if (event.key === Qt.Key_Home) {
                view.follow = false
                positionViewAtBeginning()
            }
        }

        onCountChanged: {
            if (view.follow) {
                lines.forceLayout()
                lines.positionViewAtEnd()
            }
        }
        onHeightChanged: {
            if (view.follow)
                positionViewAtEnd()
        }
        onMovementStarted: view.follow = false
        onMovementEnded: view.follow = atYEnd

        WheelHandler {
            onWheel: event => {
                const last = lines.originY + lines.contentHeight - lines.height
                lines.contentY = Math.max(lines.originY, Math.min(last, lines.contentY - event.angleDelta.y / 2))
                view.follow = lines.atYEnd
            }
        }

        delegate: LogLineRow {
            sources: view.log ? view.log.sources : []
            showTime: view.times
            wrap: view.wrap
            hit: index === view.hit
            needle: view.needle
        }
    }
}
