import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// Which namespaces are shown: all, or any number of them.
AppButton {
    id: chooser

    required property ClusterSession cluster
    readonly property var chosen: cluster ? cluster.chosenNamespaces : []

    iconName: "filter"
    text: chosen.length === 0 ? qsTr("All namespaces") : chosen.length === 1 ? chosen[0] : qsTr("%1 namespaces").arg(chosen.length)
    explanation: qsTr("Choose the namespaces to show")
    onClicked: menu.visible ? menu.close() : menu.open()

    function toggle(name: string) {
        const set = chosen.filter(other => other !== name)
        cluster.chosenNamespaces = set.length === chosen.length ? set.concat([name]) : set
    }

    MenuPopup {
        id: menu
        y: chooser.height + Theme.xs
        model: chooser.cluster ? chooser.cluster.namespaces : null
        emptyText: qsTr("There is no namespace.")
        header: MenuRow {
            text: qsTr("All namespaces")
            checked: chooser.chosen.length === 0
            onClicked: chooser.cluster.chosenNamespaces = []
        }
        delegate: MenuRow {
            required property string key
            required property string name

            text: name
            checkable: true
            checked: chooser.chosen.includes(key)
            onClicked: chooser.toggle(key)
        }
    }
}
