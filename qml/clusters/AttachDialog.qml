import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// Attaches a cluster that somebody else runs: a kubeconfig, one of its contexts, a name. Nothing that the file names is run.
Sheet {
    id: dialog

    required property RemoteActions actions
    required property ClusterActions clusterActions
    required property Session session
    property string context
    property bool sending: false
    property string refusal
    property string refusalFix
    readonly property var contexts: actions.contexts
    readonly property var picked: contexts.find(entry => entry.name === context) ?? null
    readonly property string nameProblem: session.clusters.count + session.remoteClusters.count >= 0 && session.knows(nameBox.text)
        ? qsTr("There is a cluster of this name already.") : clusterActions.nameProblem(nameBox.text)
    readonly property bool ready: picked !== null && picked.problem === "" && nameProblem === "" && !sending

    title: qsTr("Attach a remote cluster")
    width: Math.min(Theme.dialogWide, parent ? parent.width - 2 * Theme.xl : Theme.dialogWide)
    onClosed: actions.forgetFile()

    function begin() {
        refusal = refusalFix = ""
        sending = false
        context = ""
        nameBox.text = ""
        actions.openDefault()
        open()
        chooseFile.forceActiveFocus()
    }

    function pick(entry: var) {
        if (entry.problem !== "")
            return
        context = entry.name
        let name = actions.nameFor(entry.name)
        for (let number = 2; session.knows(name); ++number)
            name = actions.nameFor(entry.name).slice(0, 36) + "-" + number
        nameBox.text = name
    }

    // As a shell would read it.
    function quoted(word: string): string {
        return /^[\w@%+=:,.\/-]+$/.test(word) ? word : "'" + word.replace(/'/g, "'\\''") + "'"
    }

    function submit() {
        if (!ready)
            return
        sending = true
        refusal = refusalFix = ""
        actions.attach(context, nameBox.text, true, "red")
    }

    Connections {
        target: dialog.actions
        enabled: dialog.visible
        function onFileChanged() {
            const current = dialog.contexts.find(entry => entry.current && entry.problem === "")
            if (current && dialog.context === "")
                dialog.pick(current)
            else if (dialog.contexts.length === 0)
                dialog.context = ""
        }
        function onAttached() {
            dialog.close()
        }
        function onAttachFailed(problem, fix) {
            dialog.sending = false
            dialog.refusal = problem
            dialog.refusalFix = fix
        }
    }

    FileDialog {
        id: fileDialog
        title: qsTr("Choose a kubeconfig")
        onAccepted: {
            dialog.context = ""
            dialog.actions.openFile(selectedFile)
        }
    }

    RowLayout {
        width: parent.width
        spacing: Theme.s

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            Caption {
                text: qsTr("Kubeconfig")
            }
            BodyText {
                Layout.fillWidth: true
                text: dialog.actions.file
                elide: Text.ElideMiddle
                code: true
                font.pixelSize: Theme.small
            }
        }
        AppButton {
            id: chooseFile
            iconName: "file"
            text: qsTr("Choose a file …")
            onClicked: fileDialog.open()
        }
    }

    ProblemNote {
        width: parent.width
        visible: dialog.actions.problem !== ""
        problem: dialog.actions.problem
        fix: dialog.actions.fix
    }

    ListView {
        id: list
        width: parent.width
        height: Math.min(contentHeight, Theme.px(200))
        implicitHeight: height
        visible: count > 0
        clip: true
        spacing: 2
        model: dialog.contexts
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Contexts")

        delegate: ContextRow {
            required property var modelData

            width: ListView.view.width
            context: modelData
            chosen: dialog.context === modelData.name
            onClicked: dialog.pick(modelData)
        }
    }

    ColumnLayout {
        width: parent.width
        spacing: Theme.xs
        visible: dialog.picked !== null

        Caption {
            text: qsTr("Name here")
        }
        TextBox {
            id: nameBox
            Layout.fillWidth: true
            label: qsTr("Name here")
            wrong: dialog.nameProblem !== "" && text !== ""
            maximumLength: 40
            onAccepted: dialog.submit()
        }
        Caption {
            Layout.fillWidth: true
            visible: nameBox.wrong
            text: dialog.nameProblem
            color: Theme.colors.danger
            wrapMode: Text.Wrap
        }
        Caption {
            Layout.fillWidth: true
            visible: dialog.picked !== null && dialog.picked.command !== ""
            wrapMode: Text.Wrap
            text: dialog.picked ? qsTr("It logs in with a program: %1. It is not run until you have seen the command and agreed.").arg(dialog.picked.command) : ""
        }
        Caption {
            Layout.fillWidth: true
            visible: dialog.picked !== null && dialog.picked.insecure
            wrapMode: Text.Wrap
            color: Theme.stateColor(ObjectState.Waiting)
            text: qsTr("The file turns off the check of the server's certificate: anybody on the way could pretend to be this cluster.")
        }
        Caption {
            Layout.fillWidth: true
            wrapMode: Text.Wrap
            text: qsTr("Read-only and marked red at first. The engine keeps the credentials; this window and your file do not change.")
        }
    }

    ProblemNote {
        width: parent.width
        visible: dialog.refusal !== ""
        problem: dialog.refusal
        fix: dialog.refusalFix
    }

    CommandHint {
        width: parent.width
        visible: dialog.ready
        command: "kates attach " + nameBox.text + " --kubeconfig " + dialog.quoted(dialog.actions.file) + " --context " + dialog.quoted(dialog.context)
    }

    buttons: [
        AppButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        AppButton {
            primary: true
            text: dialog.sending ? qsTr("Attaching …") : qsTr("Attach")
            enabled: dialog.ready
            onClicked: dialog.submit()
        }
    ]
}
