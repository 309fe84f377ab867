import QtQuick
import Kates.App
import Kates.Components

// How many pods a workload should have.
Sheet {
    id: dialog

    required property ObjectDetails details
    property int replicas: 0

    title: details ? qsTr("Scale %1").arg(details.title) : ""

    function ask() {
        replicas = details.replicas
        open()
    }

    Stepper {
        label: qsTr("Pods")
        focus: true
        value: dialog.replicas
        from: 0
        to: 10000
        onChanged: value => dialog.replicas = value
    }
    CommandHint {
        width: parent.width
        command: dialog.details && dialog.details.open ? dialog.details.actions.command("scale", { replicas: dialog.replicas }) : ""
    }

    buttons: [
        AppButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        AppButton {
            primary: true
            text: qsTr("Scale")
            onClicked: {
                dialog.details.actions.scale(dialog.replicas)
                dialog.close()
            }
        }
    ]
}
