import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// Whether what is shown is what the server has now, and if not, since when and why.
Rectangle {
    id: freshness

    required property EngineLink engine
    required property ClusterSession cluster
    required property date asOf

    readonly property bool connected: engine.state === EngineLink.Connected
    readonly property bool live: connected && (!cluster || cluster.live)
    readonly property string problem: !connected ? engine.problem : cluster ? cluster.problem : ""
    readonly property int value: live ? ObjectState.Ok
        : engine.state === EngineLink.Refused || engine.state === EngineLink.NotRunning ? ObjectState.Failing : ObjectState.Progressing
    property date now: new Date()

    implicitWidth: row.implicitWidth + 2 * Theme.m
    implicitHeight: Theme.controlSmall
    radius: height / 2
    color: live ? "transparent" : Theme.alpha(Theme.stateColor(value), 0.12)

    Accessible.role: Accessible.StaticText
    Accessible.name: label.text
    Accessible.description: problem

    Timer {
        interval: 1000
        repeat: true
        running: !freshness.live
        triggeredOnStart: true
        onTriggered: freshness.now = new Date()
    }

    function age(): string {
        const seconds = Math.max(0, Math.round((now.getTime() - asOf.getTime()) / 1000))
        return isNaN(seconds) ? "" : seconds < 120 ? qsTr("data %1 s old").arg(seconds) : qsTr("data %1 min old").arg(Math.round(seconds / 60))
    }

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.xs

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.s
            height: Theme.s
            radius: width / 2
            color: Theme.stateColor(freshness.value)
        }
        BodyText {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            font.pixelSize: Theme.small
            color: freshness.live ? Theme.colors.textDim : Theme.stateColor(freshness.value)
            text: freshness.live ? qsTr("Live")
                : freshness.engine.state === EngineLink.NotRunning ? qsTr("Engine not running")
                : freshness.engine.state === EngineLink.Refused ? qsTr("Refused")
                : freshness.problem !== "" ? freshness.age() === "" ? qsTr("Reconnecting") : qsTr("Reconnecting · %1").arg(freshness.age())
                : qsTr("Connecting")
        }
    }

    HoverHandler {
        id: pointer
    }
    Tip {
        shown: pointer.hovered && freshness.problem !== ""
        text: freshness.problem
    }
}
