import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// Locks and unlocks the open cluster, and chooses its colour. A remote cluster is unlocked by typing its name: knowingly, never by a slip.
Sheet {
    id: dialog

    required property Protection protection
    property ClusterSession cluster
    readonly property bool remote: cluster !== null && cluster.remote
    readonly property bool locked: cluster !== null && cluster.readOnly
    readonly property bool mayUnlock: !remote || (cluster !== null && typed.text === cluster.name)
    readonly property var colorNames: protection.colors()
    readonly property var names: ({ "red": qsTr("Red"), "amber": qsTr("Amber"), "green": qsTr("Green"), "blue": qsTr("Blue"),
        "violet": qsTr("Violet"), "": qsTr("No colour") })

    title: cluster ? qsTr("Protection of %1").arg(cluster.name) : ""

    function begin() {
        typed.text = ""
        open()
        if (typed.visible)
            typed.forceActiveFocus()
    }

    // A cluster that goes away takes its dialog with it.
    onClusterChanged: close()

    function submit() {
        if (locked && !mayUnlock)
            return
        protection.setReadOnly(cluster.name, !locked)
        close()
    }

    BodyText {
        width: parent.width
        wrapMode: Text.Wrap
        text: !dialog.locked ? qsTr("Changes are allowed. Lock it to make every action that would change or run something in it impossible.")
            : dialog.remote ? qsTr("This cluster is not on this computer, so it is read-only until you unlock it: other people may depend on it.")
            : qsTr("This cluster is read-only: nothing in it can be changed or run from this window.")
    }

    ColumnLayout {
        width: parent.width
        spacing: Theme.xs
        visible: dialog.locked && dialog.remote

        Caption {
            text: dialog.cluster ? qsTr("Type “%1” to unlock it").arg(dialog.cluster.name) : ""
        }
        TextBox {
            id: typed
            Layout.fillWidth: true
            label: qsTr("Name of the cluster to unlock")
            onAccepted: dialog.submit()
        }
    }

    ColumnLayout {
        width: parent.width
        spacing: Theme.xs

        Caption {
            text: qsTr("Colour around the window")
        }
        Row {
            spacing: Theme.xs
            Accessible.role: Accessible.Grouping
            Accessible.name: qsTr("Colour around the window")

            Repeater {
                model: dialog.remote ? dialog.colorNames : ["", ...dialog.colorNames]

                ColorSwatch {
                    required property string modelData
                    colorName: modelData
                    label: dialog.names[modelData]
                    chosen: dialog.cluster !== null && dialog.cluster.protectionColor === modelData
                    onClicked: dialog.protection.setColor(dialog.cluster.name, modelData)
                }
            }
        }
    }

    buttons: [
        AppButton {
            text: qsTr("Close")
            onClicked: dialog.close()
        },
        AppButton {
            primary: !dialog.locked
            danger: dialog.locked
            iconName: dialog.locked ? "unlock" : "lock"
            text: dialog.locked ? qsTr("Unlock") : qsTr("Lock")
            enabled: !dialog.locked || dialog.mayUnlock
            onClicked: dialog.submit()
        }
    ]
}
