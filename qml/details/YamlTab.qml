import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Deploy
import Kates.Theme

// The object as YAML: to read, to edit, to see what a change would do, to save.
ColumnLayout {
    id: tab

    required property ObjectDetails details
    readonly property YamlEdit edit: details.yaml
    readonly property var allowed: details.allowed
    readonly property bool showsDifference: edit.difference.length > 0

    spacing: 0

    RowLayout {
        Layout.fillWidth: true
        Layout.margins: Theme.s
        Layout.leftMargin: Theme.l
        spacing: Theme.s

        AppButton {
            visible: !tab.edit.editing
            compact: true
            iconName: "edit"
            text: qsTr("Edit")
            enabled: tab.allowed["edit"] !== false && !tab.details.gone
            explanation: enabled ? "kubectl edit " + tab.details.kind.toLowerCase() + "/" + tab.details.name : qsTr("You may not change this object.")
            onClicked: {
                tab.edit.begin()
                area.forceActiveFocus()
            }
        }
        AppButton {
            visible: !tab.edit.editing
            compact: true
            text: tab.edit.managedShown ? qsTr("Fold managed fields") : qsTr("Show managed fields")
            onClicked: tab.edit.managedShown = !tab.edit.managedShown
        }
        AppButton {
            visible: tab.edit.editing
            compact: true
            primary: !tab.showsDifference
            text: tab.showsDifference ? qsTr("Back to the text") : qsTr("Review")
            explanation: qsTr("Asks the server what would change; changes nothing.")
            enabled: !tab.edit.busy
            onClicked: {
                if (tab.showsDifference)
                    tab.edit.begin()
                else
                    tab.edit.review(area.text)
            }
        }
        AppButton {
            visible: tab.edit.editing && tab.edit.reviewed
            compact: true
            primary: true
            text: qsTr("Save")
            enabled: !tab.edit.busy
            onClicked: tab.edit.save()
        }
        AppButton {
            visible: tab.edit.editing
            compact: true
            text: qsTr("Cancel")
            onClicked: tab.edit.cancel()
        }
        Item {
            Layout.fillWidth: true
        }
    }

    ProblemText {
        Layout.fillWidth: true
        Layout.margins: Theme.s
        visible: text !== ""
        text: tab.edit.problem !== "" ? tab.edit.problem : tab.edit.outdated ? qsTr("The object has changed on the server since you began.") : ""
        value: tab.edit.problem !== "" ? ObjectState.Failing : ObjectState.Waiting
    }

    DiffView {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: tab.showsDifference
        lines: tab.edit.difference
    }

    Flickable {
        id: scroll
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.leftMargin: Theme.m
        visible: !tab.showsDifference
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ThinScrollBar {}

        T.TextArea.flickable: T.TextArea {
            id: area
            // The text is the user's while they edit: changes on the server do not touch it.
            Binding on text {
                when: !tab.edit.editing
                value: tab.edit.liveText
                restoreMode: Binding.RestoreNone
            }
            readOnly: !tab.edit.editing
            color: Theme.colors.text
            selectionColor: Theme.colors.accent
            selectedTextColor: Theme.colors.accentText
            font.family: Theme.monospace
            font.pixelSize: Theme.small
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.NoWrap
            selectByMouse: true
            persistentSelection: true
            padding: Theme.xs
            Accessible.name: qsTr("YAML of %1").arg(tab.details.name)

            YamlHighlighter {
                document: area.textDocument
                keyColor: Theme.colors.accent
                valueColor: Theme.colors.text
                stringColor: Theme.stateColor(ObjectState.Ok)
                numberColor: Theme.stateColor(ObjectState.Waiting)
                commentColor: Theme.colors.textFaint
            }
        }
    }
}
