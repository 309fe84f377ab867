import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// A credential plug-in is a program on this computer that the kubeconfig names. It runs only after this dialog, and only with this command line.
Sheet {
    id: dialog

    required property RemoteActions actions
    property string name
    property string command

    title: qsTr("Run a program to log in to %1?").arg(name)

    function ask(cluster: string, commandLine: string) {
        name = cluster
        command = commandLine
        open()
        refuse.forceActiveFocus()
    }

    BodyText {
        width: parent.width
        wrapMode: Text.Wrap
        text: qsTr("The kubeconfig says that credentials come from this command. The engine will run it as you, now and whenever they expire. Nothing has been run so far.")
    }

    Rectangle {
        width: parent.width
        height: line.implicitHeight + 2 * Theme.m
        radius: Theme.radiusSmall
        color: Theme.colors.ground
        border.width: Theme.hair
        border.color: Theme.colors.borderStrong

        BodyText {
            id: line
            objectName: "command"
            x: Theme.m
            y: Theme.m
            width: parent.width - 2 * Theme.m
            text: dialog.command
            code: true
            wrapMode: Text.WrapAnywhere
            maximumLineCount: 12
            Accessible.name: qsTr("Command: %1").arg(dialog.command)
        }
    }

    BodyText {
        width: parent.width
        wrapMode: Text.Wrap
        dim: true
        text: qsTr("Agree only if you know the program and where the file came from. Should the command ever change, you are asked again.")
    }

    buttons: [
        AppButton {
            id: refuse
            text: qsTr("Do not run it")
            onClicked: dialog.close()
        },
        AppButton {
            danger: true
            iconName: "play"
            text: qsTr("Run this command")
            enabled: !line.truncated
            explanation: line.truncated ? qsTr("The command is too long to be shown whole, so it cannot be agreed to here.") : ""
            onClicked: {
                dialog.actions.consent(dialog.name, dialog.command)
                dialog.close()
            }
        }
    ]
}
