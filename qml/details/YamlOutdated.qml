import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// The object changed, or went, while its text was being edited: nothing is lost, and what can be done.
Rectangle {
    id: note

    required property YamlEdit edit
    required property bool gone

    implicitHeight: column.implicitHeight + 2 * Theme.m
    radius: Theme.radius
    color: Theme.colors.surfaceHover

    Column {
        id: column
        x: Theme.m
        y: Theme.m
        width: parent.width - 2 * Theme.m
        spacing: Theme.s

        BodyText {
            width: parent.width
            wrapMode: Text.Wrap
            text: note.gone ? qsTr("The object has been deleted on the server. Your text is still here: copy it, or deploy it as a new object.")
                : qsTr("The object has changed on the server since you began. Your text is untouched.")
        }
        Flow {
            width: parent.width
            visible: !note.gone
            spacing: Theme.s

            AppButton {
                compact: true
                text: qsTr("Show their change")
                onClicked: note.edit.showTheirs()
            }
            AppButton {
                compact: true
                text: qsTr("Merge it into my text")
                onClicked: note.edit.merge()
            }
        }
    }
}
