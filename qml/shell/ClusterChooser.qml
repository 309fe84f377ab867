import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// The cluster that the window looks at, and a menu of all.
AppButton {
    id: chooser

    required property Session session

    signal chosen(string name)

    iconName: "layers"
    text: session.cluster ? session.cluster.name : qsTr("No cluster")
    explanation: qsTr("Choose the cluster to look at")
    onClicked: menu.visible ? menu.close() : menu.open()

    MenuPopup {
        id: menu
        y: chooser.height + Theme.xs
        model: chooser.session.clusters
        emptyText: qsTr("There is no cluster yet.")
        delegate: MenuRow {
            required property string key
            required property string name
            required property int state
            required property string statusText

            text: name
            detail: statusText
            glyph: state
            checked: chooser.session.cluster !== null && chooser.session.cluster.name === key
            onClicked: {
                menu.close()
                chooser.chosen(key)
            }
        }
    }
}
