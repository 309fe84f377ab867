import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// Fields of the edit that somebody else manages: who, since when, and whose value shall hold.
Rectangle {
    id: box

    required property YamlEdit edit

    implicitHeight: column.implicitHeight + 2 * Theme.m
    radius: Theme.radius
    color: Theme.colors.surfaceHover
    border.width: Theme.hair
    border.color: Theme.stateColor(ObjectState.Waiting)

    Column {
        id: column
        x: Theme.m
        y: Theme.m
        width: parent.width - 2 * Theme.m
        spacing: Theme.s

        BodyText {
            width: parent.width
            wrapMode: Text.Wrap
            text: qsTr("Others manage %n field(s) that you change. If you keep yours, you take the fields over, and they may want them back.", "",
                box.edit.conflicts.length)
        }
        Repeater {
            model: box.edit.conflicts

            Column {
                id: conflict

                required property var modelData

                width: column.width
                Accessible.role: Accessible.ListItem
                Accessible.name: conflict.modelData.field + ": " + held.text

                BodyText {
                    width: parent.width
                    code: true
                    font.pixelSize: Theme.small
                    text: conflict.modelData.field
                    wrapMode: Text.WrapAnywhere
                    Accessible.ignored: true
                }
                Caption {
                    id: held
                    width: parent.width
                    wrapMode: Text.Wrap
                    text: isNaN(conflict.modelData.since.getTime()) ? qsTr("Held by %1.").arg(conflict.modelData.manager)
                        : qsTr("Held by %1 (%2) since %3.").arg(conflict.modelData.manager).arg(conflict.modelData.operation)
                            .arg(conflict.modelData.since.toLocaleString(Qt.locale(), Locale.ShortFormat))
                    Accessible.ignored: true
                }
                Caption {
                    width: parent.width
                    wrapMode: Text.Wrap
                    text: qsTr("Theirs: %1. Yours: %2.").arg(conflict.modelData.theirs).arg(conflict.modelData.mine)
                    Accessible.ignored: true
                }
            }
        }
        Flow {
            width: parent.width
            spacing: Theme.s

            AppButton {
                compact: true
                primary: true
                visible: !box.edit.maySave
                text: qsTr("Keep mine")
                explanation: qsTr("Saving makes you the manager of these fields, as kubectl apply --server-side --force-conflicts does.")
                onClicked: box.edit.keepMine()
            }
            AppButton {
                compact: true
                text: qsTr("Take theirs")
                explanation: qsTr("Puts their values into your text and reviews it again.")
                onClicked: box.edit.takeTheirs()
            }
        }
    }
}
