import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// Deleting is asked once, with what else goes.
Sheet {
    id: dialog

    required property ObjectDetails details
    readonly property DeletePreview preview: details ? details.preview : null
    readonly property var unread: preview ? preview.unread : []
    property int propagation: ObjectActions.Background
    readonly property bool isNamespace: details !== null && details.kind === "Namespace"
    readonly property bool orphans: propagation === ObjectActions.Orphan && !isNamespace

    title: details ? qsTr("Delete %1?").arg(details.title) : ""

    function ask() {
        propagation = ObjectActions.Background
        details.loadPreview()
        open()
    }

    function summary(): string {
        if (!preview || preview.busy)
            return qsTr("Looking for what goes with it …")
        if (preview.total === 0)
            return preview.atLeast ? qsTr("Nothing else is known to go with it.") : qsTr("Nothing else goes with it.")
        if (orphans)
            return preview.atLeast ? qsTr("At least %n object(s) that it owns stay behind without an owner:", "", preview.total)
                : qsTr("%n object(s) that it owns stay behind without an owner:", "", preview.total)
        return preview.atLeast ? qsTr("With it go at least %n object(s):", "", preview.total) : qsTr("With it go %n object(s):", "", preview.total)
    }

    BodyText {
        width: parent.width
        wrapMode: Text.Wrap
        text: dialog.summary()
    }
    ListView {
        width: parent.width
        height: Math.min(contentHeight, Theme.px(200))
        visible: dialog.preview !== null && dialog.preview.total > 0
        clip: true
        spacing: Theme.xs
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("What goes with it")
        model: dialog.preview ? dialog.preview.counts : []
        delegate: Row {
            id: row

            required property var modelData

            spacing: Theme.m
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.count + " " + modelData.kind + " " + modelData.names

            BodyText {
                width: Theme.px(36)
                horizontalAlignment: Text.AlignRight
                strong: true
                text: row.modelData.count
                Accessible.ignored: true
            }
            Column {
                BodyText {
                    text: row.modelData.kind
                    font.weight: Font.Medium
                    Accessible.ignored: true
                }
                Caption {
                    width: dialog.availableWidth - Theme.px(36) - 2 * Theme.m
                    text: row.modelData.names
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    Accessible.ignored: true
                }
            }
        }
    }
    ProblemText {
        width: parent.width
        visible: dialog.unread.length > 0
        value: ObjectState.Waiting
        text: qsTr("These kinds could not be looked through: %1.").arg(dialog.unread.join(", "))
    }
    Column {
        width: parent.width
        visible: !dialog.isNamespace && dialog.preview !== null && dialog.preview.total > 0
        spacing: Theme.xs

        SectionTitle {
            text: qsTr("What it owns")
        }
        ChoiceList {
            width: parent.width
            current: dialog.propagation
            choices: [
                { value: ObjectActions.Background, text: qsTr("Goes afterwards (background)") },
                { value: ObjectActions.Foreground, text: qsTr("Goes first; the object waits for it (foreground)") },
                { value: ObjectActions.Orphan, text: qsTr("Stays (orphan)") }
            ]
            onChosen: value => dialog.propagation = value
        }
    }
    CommandHint {
        width: parent.width
        command: dialog.details && dialog.details.open
            ? dialog.details.actions.command("delete", { propagation: ["background", "foreground", "orphan"][dialog.propagation] }) : ""
    }

    buttons: [
        AppButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        AppButton {
            danger: true
            text: qsTr("Delete")
            onClicked: {
                dialog.details.actions.remove(dialog.propagation)
                dialog.close()
            }
        }
    ]
}
