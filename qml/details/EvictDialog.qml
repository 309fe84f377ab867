import QtQuick
import Kates.App
import Kates.Components

// Evicting a pod, unlike deleting it, asks the disruption budgets first.
Sheet {
    id: dialog

    required property ObjectDetails details

    title: details ? qsTr("Evict %1?").arg(details.title) : ""

    function ask() {
        open()
    }

    BodyText {
        width: parent.width
        wrapMode: Text.Wrap
        text: qsTr("The pod is ended, unless a disruption budget wants it to stay for now. Its controller starts another, maybe on another node.")
    }
    CommandHint {
        width: parent.width
        command: dialog.details && dialog.details.open ? dialog.details.actions.command("evict", {}) : ""
    }

    buttons: [
        AppButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        AppButton {
            danger: true
            text: qsTr("Evict")
            onClicked: {
                dialog.details.actions.evict()
                dialog.close()
            }
        }
    ]
}
