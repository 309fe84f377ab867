import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// What would be done to the marked objects, and what else goes with them, before it is done.
Sheet {
    id: dialog

    required property BulkActions bulk
    property string action: "delete"
    readonly property string argument: action === "label" ? labelBox.text : action === "scale" ? String(replicas.value) : ""
    readonly property string problem: bulk ? bulk.problemOf(action, argument) : ""
    readonly property string reason: bulk && bulk.accessRevision >= 0 ? bulk.whyNot(action) : ""
    readonly property int many: bulk ? bulk.count : 0

    title: action === "delete" ? qsTr("Delete %n object(s)?", "", many) : action === "label" ? qsTr("Label %n object(s)", "", many)
        : action === "restart" ? qsTr("Restart %n object(s)?", "", many) : action === "scale" ? qsTr("Scale %n object(s)", "", many)
        : action === "cordon" ? qsTr("Cordon %n node(s)?", "", many) : qsTr("Uncordon %n node(s)?", "", many)

    function ask(what: string) {
        action = what
        labelBox.text = ""
        if (what === "delete")
            bulk.findOwned()
        open()
        if (what === "label")
            labelBox.forceActiveFocus()
        else if (what === "scale")
            replicas.forceActiveFocus()
        else
            cancel.forceActiveFocus()
    }

    function go() {
        if (problem !== "" || reason !== "")
            return
        bulk.run(action, argument)
        close()
    }

    TextBox {
        id: labelBox
        width: parent.width
        visible: dialog.action === "label"
        label: qsTr("Label")
        placeholderText: qsTr("tier=front, or tier- to take it away")
        wrong: text !== "" && dialog.problem !== ""
        Keys.onReturnPressed: dialog.go()
    }
    Stepper {
        id: replicas
        visible: dialog.action === "scale"
        label: qsTr("Pods")
        value: 1
        to: 10000
        onChanged: next => value = next
    }
    BodyText {
        width: parent.width
        visible: text !== ""
        wrapMode: Text.Wrap
        color: Theme.colors.danger
        text: dialog.reason !== "" ? dialog.reason : labelBox.visible && labelBox.text !== "" ? dialog.problem : ""
    }
    ListView {
        id: names
        width: parent.width
        height: Math.min(contentHeight, Theme.px(150))
        clip: true
        model: dialog.bulk ? dialog.bulk.names : []
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Objects")
        delegate: BodyText {
            required property string modelData
            width: ListView.view.width
            height: Theme.px(20)
            text: modelData
            font.pixelSize: Theme.small
        }
        footer: BodyText {
            visible: dialog.many > names.count
            height: visible ? Theme.px(20) : 0
            dim: true
            font.pixelSize: Theme.small
            text: qsTr("… and %n more", "", dialog.many - names.count)
        }
    }
    Column {
        width: parent.width
        visible: dialog.action === "delete"
        spacing: Theme.xs

        BodyText {
            width: parent.width
            wrapMode: Text.Wrap
            text: !dialog.bulk ? "" : dialog.bulk.kind === "Namespace" ? qsTr("Everything in these namespaces goes with them.")
                : dialog.bulk.kind === "CustomResourceDefinition" ? qsTr("Every object of these kinds goes with them.")
                : dialog.bulk.owned.length === 0 ? qsTr("Nothing else is known to go with them.") : qsTr("With them goes:")
        }
        Repeater {
            model: dialog.bulk ? dialog.bulk.owned : []

            BodyText {
                required property var modelData
                width: parent.width
                dim: true
                font.pixelSize: Theme.small
                text: qsTr("%1 × %2: %3").arg(modelData.count).arg(modelData.kind).arg(modelData.names.join(", "))
            }
        }
    }
    CommandHint {
        width: parent.width
        command: dialog.bulk ? dialog.bulk.command(dialog.action, dialog.argument) : ""
    }

    buttons: [
        AppButton {
            id: cancel
            text: qsTr("Cancel")
            onClicked: dialog.close()
        },
        AppButton {
            objectName: "go"
            primary: dialog.action !== "delete"
            danger: dialog.action === "delete"
            enabled: dialog.problem === "" && dialog.reason === ""
            text: dialog.action === "delete" ? qsTr("Delete") : dialog.action === "label" ? qsTr("Label") : dialog.action === "restart" ? qsTr("Restart")
                : dialog.action === "scale" ? qsTr("Scale") : dialog.action === "cordon" ? qsTr("Cordon") : qsTr("Uncordon")
            onClicked: dialog.go()
        }
    ]
}
