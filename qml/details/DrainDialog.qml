import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// What draining would do with each pod; then, how far it has come.
Sheet {
    id: dialog

    required property ObjectDetails details
    readonly property Drain drain: details ? details.drain : null
    readonly property bool running: drain !== null && drain.stage === Drain.Running
    readonly property int stage: drain ? drain.stage : Drain.Idle
    readonly property bool planned: stage === Drain.Planned || stage === Drain.Reading || stage === Drain.Stopped
    readonly property bool other: drain !== null && details !== null && running && drain.node !== details.name

    title: !drain ? "" : running ? qsTr("Draining %1").arg(drain.node) : qsTr("Drain %1").arg(drain.node)

    function ask() {
        drain.plan(details.name)
        open()
    }

    function summary(): string {
        if (!drain)
            return ""
        if (other)
            return qsTr("Another node is being drained; one is drained at a time.")
        if (drain.stage === Drain.Reading)
            return qsTr("Looking at its pods …")
        if (drain.stage === Drain.Finished)
            return qsTr("Done: %n pod(s) have left. The node stays cordoned.", "", drain.gone)
        if (running)
            return qsTr("%1 gone, %2 to go. Pods leave as soon as their disruption budgets allow. You may close this: it goes on.")
                .arg(drain.gone).arg(drain.toEvict)
        return qsTr("No new pods will be placed on the node, and %n pod(s) will be evicted.", "", drain.toEvict)
    }

    BodyText {
        width: parent.width
        wrapMode: Text.Wrap
        text: dialog.summary()
    }
    ProblemText {
        width: parent.width
        visible: text !== ""
        value: ObjectState.Failing
        text: dialog.drain ? dialog.drain.problem : ""
    }
    ListView {
        width: parent.width
        height: Math.min(contentHeight, Theme.px(240))
        clip: true
        spacing: Theme.s
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Pods on the node")
        model: dialog.drain ? dialog.drain.pods : []
        delegate: Row {
            id: row

            required property var modelData

            spacing: Theme.s
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.key + ": " + modelData.text

            StateGlyph {
                width: Theme.glyphSize
                height: Theme.glyphSize
                value: row.modelData.state
                color: Theme.stateColor(row.modelData.state)
            }
            Column {
                BodyText {
                    width: dialog.availableWidth - Theme.glyphSize - 2 * Theme.s
                    text: row.modelData.key
                    elide: Text.ElideMiddle
                    Accessible.ignored: true
                }
                Caption {
                    width: dialog.availableWidth - Theme.glyphSize - 2 * Theme.s
                    text: row.modelData.text
                    wrapMode: Text.Wrap
                    Accessible.ignored: true
                }
            }
        }
    }
    Tick {
        width: parent.width
        visible: dialog.planned && dialog.drain.wantsEmptyDir
        checked: dialog.drain !== null && dialog.drain.deleteEmptyDir
        text: qsTr("Evict pods with emptyDir volumes too: what they wrote there is lost")
        onToggled: dialog.drain.deleteEmptyDir = checked
    }
    Tick {
        width: parent.width
        visible: dialog.planned && dialog.drain.wantsForce
        checked: dialog.drain !== null && dialog.drain.force
        text: qsTr("Evict pods without a controller too: nothing brings them back")
        onToggled: dialog.drain.force = checked
    }
    CommandHint {
        width: parent.width
        command: !dialog.details || !dialog.details.open ? ""
            : dialog.details.actions.command("drain", { deleteEmptyDir: dialog.drain.deleteEmptyDir, force: dialog.drain.force })
    }

    onClosed: drain.leave()

    buttons: [
        AppButton {
            text: dialog.planned ? qsTr("Cancel") : qsTr("Close")
            onClicked: dialog.close()
        },
        AppButton {
            visible: dialog.running
            text: qsTr("Stop draining")
            onClicked: dialog.drain.stop()
        },
        AppButton {
            visible: dialog.planned
            danger: true
            enabled: dialog.drain !== null && dialog.drain.stage !== Drain.Reading
            text: qsTr("Drain")
            onClicked: dialog.drain.start()
        }
    ]
}
