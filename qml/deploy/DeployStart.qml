import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// Nothing dropped yet: how to begin, and a place to paste into.
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
                text: qsTr("Drop manifests anywhere on the window, or paste them here. You see what would change before anything is applied.")
            }
        }

        Panel {
            Layout.fillWidth: true
            Layout.fillHeight: true
            border.color: editor.activeFocus ? Theme.colors.accent : Theme.colors.border

            Flickable {
                id: scroll
                anchors.fill: parent
                anchors.margins: Theme.m
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                T.ScrollBar.vertical: ThinScrollBar {}

                T.TextArea.flickable: T.TextArea {
                    id: editor
                    color: Theme.colors.text
                    selectionColor: Theme.colors.accent
                    selectedTextColor: Theme.colors.accentText
                    font.family: Theme.monospace
                    font.pixelSize: Theme.body
                    textFormat: TextEdit.PlainText
                    wrapMode: TextEdit.NoWrap
                    selectByMouse: true
                    Accessible.name: qsTr("Manifest")
                }
            }
            BodyText {
                anchors.fill: scroll
                verticalAlignment: Text.AlignTop
                visible: editor.length === 0
                color: Theme.colors.textFaint
                code: true
                text: "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: …"
                Accessible.ignored: true
            }
        }

        RowLayout {
            spacing: Theme.s

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
            Item {
                Layout.fillWidth: true
            }
            AppButton {
                primary: true
                enabled: editor.text.trim() !== ""
                text: qsTr("See what it would change")
                onClicked: start.deploy.openText(editor.text)
            }
        }
    }

    FileDialog {
        id: files
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Manifests (*.yaml *.yml *.json)"), qsTr("All files (*)")]
        onAccepted: start.deploy.openFiles(selectedFiles)
    }
    FolderDialog {
        id: folder
        onAccepted: start.deploy.openFiles([selectedFolder])
    }
}
