import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// Deleting and draining are asked once, with what else goes.
Sheet {
    id: dialog

    required property ObjectDetails details
    property string action: "delete"
    readonly property var related: details ? details.related : []
    readonly property var owned: details ? related.filter(object => object.owns || (action === "drain" && object.kind === "Pod")) : []

    title: !details ? "" : action === "drain" ? qsTr("Drain %1?").arg(details.name) : qsTr("Delete %1?").arg(details.name)

    function ask(what: string) {
        action = what
        open()
    }

    BodyText {
        width: parent.width
        wrapMode: Text.Wrap
        text: dialog.action === "drain" ? qsTr("No new pods are placed on it, and its pods are evicted. Those of DaemonSets stay.")
            : dialog.details && dialog.details.kind === "Namespace" ? qsTr("Everything in this namespace goes with it.")
            : dialog.owned.length === 0 ? qsTr("Nothing else is known to go with it.") : qsTr("With it goes:")
    }
    ListView {
        width: parent.width
        height: Math.min(contentHeight, Theme.px(180))
        visible: dialog.owned.length > 0
        clip: true
        model: dialog.owned
        delegate: StateBadge {
            required property var modelData
            height: Theme.px(22)
            value: modelData.state
            text: modelData.kind + "  " + modelData.name
        }
    }
    CommandHint {
        width: parent.width
        command: dialog.details && dialog.details.open ? dialog.details.actions.command(dialog.action) : ""
    }

    buttons: [
        AppButton {
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        AppButton {
            danger: true
            text: dialog.action === "drain" ? qsTr("Drain") : qsTr("Delete")
            onClicked: {
                if (dialog.action === "drain")
                    dialog.details.actions.drain()
                else
                    dialog.details.actions.remove()
                dialog.close()
            }
        }
    ]
}
