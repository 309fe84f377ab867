import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Deploy
import Kates.Theme

// The object as YAML: to read, to edit, to see what a change would do and who else holds the fields, to save.
ColumnLayout {
    id: tab

    required property ObjectDetails details
    readonly property YamlEdit edit: details.yaml
    readonly property var refusals: details.refusals
    readonly property string refusal: refusals["edit"] ?? ""
    readonly property bool showsDifference: edit.difference.length > 0

    spacing: 0

    YamlToolBar {
        Layout.fillWidth: true
        Layout.margins: Theme.s
        Layout.leftMargin: Theme.l
        details: tab.details
        refusal: tab.refusal
        onEditRequested: {
            tab.edit.begin()
            editor.takeFocus()
        }
    }

    ProblemText {
        Layout.fillWidth: true
        Layout.margins: Theme.s
        Layout.topMargin: 0
        visible: text !== ""
        text: tab.edit.problem !== "" ? tab.edit.problem : tab.edit.note
        value: tab.edit.problem !== "" ? ObjectState.Failing : ObjectState.Neutral
    }

    YamlOutdated {
        Layout.fillWidth: true
        Layout.margins: Theme.s
        Layout.topMargin: 0
        visible: tab.edit.editing && (tab.edit.outdated || tab.details.gone)
        gone: tab.details.gone
        edit: tab.edit
    }

    YamlConflicts {
        Layout.fillWidth: true
        Layout.margins: Theme.s
        Layout.topMargin: 0
        visible: tab.edit.conflicts.length > 0
        edit: tab.edit
    }

    SectionTitle {
        Layout.leftMargin: Theme.l
        Layout.topMargin: Theme.xs
        visible: tab.showsDifference
        text: tab.edit.differenceIsTheirs ? qsTr("What changed on the server") : qsTr("What saving would change")
    }

    DiffView {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: tab.showsDifference
        lines: tab.edit.difference
    }

    YamlEditor {
        id: editor
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: !tab.showsDifference
        edit: tab.edit
        name: tab.details.title
    }

    YamlProblems {
        Layout.fillWidth: true
        visible: tab.edit.editing && !tab.showsDifference
        edit: tab.edit
        onLineChosen: line => editor.goToLine(line)
    }

    CommandHint {
        Layout.fillWidth: true
        Layout.margins: Theme.s
        visible: tab.edit.editing && tab.details.open
        command: tab.details.open ? tab.details.actions.command("edit", {}) : ""
    }
}
