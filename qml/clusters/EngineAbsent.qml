import QtQuick
import Kates.App
import Kates.Components

// The engine cannot be reached: why, and the one thing to do about it.
EmptyState {
    id: absent

    required property EngineLink engine

    readonly property bool waiting: engine.starting || engine.state === EngineLink.Connecting

    iconName: engine.state === EngineLink.Refused ? "lock" : "heart"
    title: waiting ? qsTr("Connecting to the engine …")
        : engine.state === EngineLink.Refused ? qsTr("The engine refuses this window") : qsTr("The engine is not running")
    text: waiting ? "" : engine.problem !== "" && engine.problem !== qsTr("The engine is not running.") ? engine.problem
        : qsTr("It keeps your clusters running in the background and is all that this window talks to. No account, nothing leaves this computer.")

    AppButton {
        primary: true
        visible: !absent.waiting && absent.engine.state !== EngineLink.Refused
        iconName: "play"
        text: qsTr("Start the engine")
        explanation: "kates engine"
        onClicked: absent.engine.startEngine()
    }
}
