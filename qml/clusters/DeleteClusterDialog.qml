import QtQuick
import Kates.App
import Kates.Components

// Deleting a cluster is asked once, with what goes.
Sheet {
    id: dialog

    required property ClusterActions actions
    property string name

    title: qsTr("Delete %1?").arg(name)

    function ask(cluster: string) {
        name = cluster
        open()
    }

    BodyText {
        width: parent.width
        wrapMode: Text.Wrap
        text: qsTr("Its nodes, pods, volumes and everything stored in it go, and cannot be brought back. Images that other clusters share stay.")
    }

    CommandHint {
        width: parent.width
        command: dialog.actions.commandFor("delete", dialog.name)
    }

    buttons: [
        AppButton {
            text: qsTr("Keep it")
            onClicked: dialog.close()
        },
        AppButton {
            danger: true
            iconName: "trash"
            text: qsTr("Delete")
            onClicked: {
                dialog.actions.remove(dialog.name)
                dialog.close()
            }
        }
    ]
}
