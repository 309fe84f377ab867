import QtQuick
import Kates.App
import Kates.Components

// Letting a remote cluster go is asked once: its credentials go too.
Sheet {
    id: dialog

    required property RemoteActions actions
    property string name

    title: qsTr("Detach %1?").arg(name)

    function ask(cluster: string) {
        name = cluster
        open()
    }

    BodyText {
        width: parent.width
        wrapMode: Text.Wrap
        text: qsTr("The cluster itself does not change. The engine forgets it and the credentials that it keeps for it; your kubeconfig stays as it is.")
    }

    CommandHint {
        width: parent.width
        command: "kates detach " + dialog.name
    }

    buttons: [
        AppButton {
            text: qsTr("Keep it")
            onClicked: dialog.close()
        },
        AppButton {
            danger: true
            iconName: "close"
            text: qsTr("Detach")
            onClicked: {
                dialog.actions.detach(dialog.name)
                dialog.close()
            }
        }
    ]
}
