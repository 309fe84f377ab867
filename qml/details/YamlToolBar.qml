import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// Begin, review, save, give up.
Flow {
    id: bar

    required property ObjectDetails details
    required property string refusal
    readonly property YamlEdit edit: details.yaml
    readonly property bool showsDifference: edit.difference.length > 0

    signal editRequested

    spacing: Theme.s

    ActionButton {
        visible: !bar.edit.editing
        iconName: "edit"
        text: qsTr("Edit")
        refusal: bar.refusal !== "" ? bar.refusal : bar.details.gone ? qsTr("This object has been deleted.")
            : bar.edit.exact ? ""
            : qsTr("This object holds text that cannot be shown as it is, so it cannot be edited here without losing some of it.")
        command: bar.details.open ? bar.details.actions.command("edit", {}) : ""
        onClicked: bar.editRequested()
    }
    AppButton {
        visible: bar.edit.canRestore
        compact: true
        iconName: "back"
        text: qsTr("Bring my text back")
        onClicked: bar.edit.restore()
    }
    AppButton {
        visible: !bar.edit.editing
        compact: true
        text: bar.edit.managedShown ? qsTr("Fold managed fields") : qsTr("Show managed fields")
        onClicked: bar.edit.managedShown = !bar.edit.managedShown
    }
    AppButton {
        visible: bar.edit.editing
        compact: true
        primary: !bar.showsDifference
        text: bar.showsDifference ? qsTr("Back to the text") : qsTr("Review")
        explanation: bar.showsDifference ? "" : qsTr("Asks the server what would change; changes nothing.")
        enabled: !bar.edit.busy && (bar.showsDifference || bar.edit.dirty)
        onClicked: {
            if (bar.showsDifference)
                bar.edit.backToText()
            else
                bar.edit.review()
        }
    }
    AppButton {
        visible: bar.edit.editing && bar.edit.reviewed
        compact: true
        primary: true
        text: qsTr("Save")
        enabled: bar.edit.maySave
        onClicked: bar.edit.save()
    }
    AppButton {
        visible: bar.edit.editing
        compact: true
        text: bar.edit.dirty ? qsTr("Discard") : qsTr("Cancel")
        onClicked: bar.edit.cancel()
    }
}
