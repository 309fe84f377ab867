import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// Nothing dropped yet: how to begin, and a place to paste into. What is typed here stays when one looks elsewhere.
Item {
    id: start

    required property DeploySession deploy

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.xl
        spacing: Theme.l

        ColumnLayout {
            spacing: Theme.xs

            Heading {
                text: qsTr("Deploy")
            }
            BodyText {
                Layout.fillWidth: true
                dim: true
                wrapMode: Text.Wrap
                text: qsTr("Drop files, folders, archives, kustomizations or a Helm chart anywhere on the window, or paste manifests here. You see what would change before anything is applied.")
            }
        }

        CodeBox {
            id: box
            Layout.fillWidth: true
            Layout.fillHeight: true
            label: qsTr("Manifest")
            placeholder: "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: …"
            onTextChanged: start.deploy.draft = text
            Component.onCompleted: text = start.deploy.draft
            // Megabytes are read, but not shown in an editor.
            onPasting: event => {
                if (start.deploy.clipboardIsLarge()) {
                    start.deploy.openClipboard()
                    event.accepted = true
                }
            }

            Connections {
                target: start.deploy
                function onDraftChanged() {
                    if (box.text !== start.deploy.draft)
                        box.text = start.deploy.draft
                }
            }
        }

        Flow {
            Layout.fillWidth: true
            spacing: Theme.s

            AppButton {
                primary: true
                enabled: box.text.trim() !== ""
                text: qsTr("See what it would change")
                onClicked: start.deploy.openText(box.text)
            }
            AppButton {
                iconName: "copy"
                text: qsTr("Paste")
                explanation: qsTr("Files that were copied, or text")
                onClicked: start.deploy.openClipboard()
            }
            AppButton {
                iconName: "file"
                text: qsTr("Choose files …")
                onClicked: files.open()
            }
            AppButton {
                iconName: "layers"
                text: qsTr("Choose a folder …")
                onClicked: folder.open()
            }
        }
    }

    FileDialog {
        id: files
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Manifests, archives and charts (*.yaml *.yml *.json *.tar *.tar.gz *.tgz *.zip)"), qsTr("All files (*)")]
        onAccepted: start.deploy.openFiles(selectedFiles)
    }
    FolderDialog {
        id: folder
        onAccepted: start.deploy.openFiles([selectedFolder])
    }
}
