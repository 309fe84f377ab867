import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// The cluster that the window looks at, and a menu of all: those on this computer, then the remote ones.
AppButton {
    id: chooser

    required property Session session
    property var choices: []

    signal chosen(string name)

    iconName: "layers"
    text: session.cluster ? session.cluster.name : qsTr("No cluster")
    explanation: qsTr("Choose the cluster to look at")
    onClicked: menu.visible ? menu.close() : begin()

    function begin() {
        read()
        menu.open()
    }

    function read() {
        const list = []
        for (const model of [session.clusters, session.remoteClusters]) {
            for (let row = 0; row < model.count; ++row) {
                list.push({ "key": model.keyAt(row), "name": model.value(row, "name"), "state": model.value(row, "state"),
                    "statusText": model.value(row, "statusText") })
            }
        }
        choices = list
    }

    Connections {
        target: chooser.session.protection // changes with every list of clusters
        enabled: menu.visible
        function onChanged() {
            chooser.read()
        }
    }

    MenuPopup {
        id: menu
        y: chooser.height + Theme.xs
        model: chooser.choices
        emptyText: qsTr("There is no cluster yet.")
        delegate: MenuRow {
            required property var modelData

            text: modelData.name
            detail: chooser.session.protection.isReadOnly(modelData.key) ? qsTr("%1, read-only").arg(modelData.statusText) : modelData.statusText
            glyph: modelData.state
            checked: chooser.session.cluster !== null && chooser.session.cluster.name === modelData.key
            onClicked: {
                menu.close()
                chooser.chosen(modelData.key)
            }
        }
    }
}
