import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Deploy
import Kates.Theme

// The revisions that are kept, how each differs from the current one, and going back.
Sheet {
    id: dialog

    required property ObjectDetails details
    property string refusal
    readonly property Revisions revisions: details ? details.revisions : null
    readonly property var list: revisions ? revisions.list : []
    property int row: 0
    readonly property var chosen: list[row] ?? null
    readonly property var available: details ? details.actions.available : []
    readonly property bool paused: available.includes("resume")
    readonly property string hindrance: refusal !== "" ? refusal : paused ? qsTr("The roll-out is paused: resume it first.") : ""

    title: details ? qsTr("Revisions of %1").arg(details.title) : ""
    width: Math.min(Theme.px(720), parent ? parent.width - 2 * Theme.xl : Theme.dialog)

    function ask() {
        row = 0
        details.loadRevisions()
        open()
    }
    onListChanged: row = Math.min(1, Math.max(0, list.length - 1))

    BodyText {
        width: parent.width
        visible: text !== ""
        wrapMode: Text.Wrap
        text: !dialog.revisions ? "" : dialog.revisions.busy ? qsTr("Reading …") : dialog.revisions.problem !== "" ? dialog.revisions.problem
            : dialog.list.length === 0 ? qsTr("No revision is kept.") : dialog.list.length === 1 ? qsTr("Only the current revision is kept.")
            : dialog.hindrance
    }
    ListView {
        width: parent.width
        height: Math.min(contentHeight, Theme.px(200))
        visible: dialog.list.length > 0
        clip: true
        focus: true
        activeFocusOnTab: true
        keyNavigationEnabled: true
        currentIndex: dialog.row
        onCurrentIndexChanged: if (currentIndex >= 0) dialog.row = currentIndex
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Revisions")
        model: dialog.list
        delegate: RevisionRow {
            width: ListView.view.width
            selected: index === dialog.row
            onClicked: dialog.row = index
        }
    }
    SectionTitle {
        visible: difference.visible
        text: dialog.chosen ? qsTr("What going back to revision %1 would change").arg(dialog.chosen.revision) : ""
    }
    DiffView {
        id: difference
        width: parent.width
        height: Math.min(contentHeight + topMargin + bottomMargin, Theme.px(220))
        visible: dialog.chosen !== null && !dialog.chosen.current && lines.length > 0
        lines: dialog.chosen ? dialog.chosen.lines : []
    }
    CommandHint {
        width: parent.width
        command: !dialog.details || !dialog.details.open ? ""
            : dialog.details.actions.command("revisions", dialog.chosen && !dialog.chosen.current ? { revision: dialog.chosen.revision } : {})
    }

    buttons: [
        AppButton {
            text: qsTr("Close")
            onClicked: dialog.close()
        },
        AppButton {
            primary: true
            enabled: dialog.chosen !== null && !dialog.chosen.current && dialog.hindrance === ""
            text: dialog.chosen && !dialog.chosen.current ? qsTr("Go back to revision %1").arg(dialog.chosen.revision) : qsTr("Go back")
            onClicked: {
                dialog.revisions.undoTo(dialog.chosen.revision)
                dialog.close()
            }
        }
    ]
}
