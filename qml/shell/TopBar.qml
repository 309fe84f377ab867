import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// Which cluster, which namespaces, how fresh the data is, the theme.
Rectangle {
    id: bar

    required property Session session

    signal clusterChosen(string name)
    signal themeChosen(string name)
    signal paletteRequested
    signal protectionRequested
    signal keysRequested

    implicitHeight: Theme.topBar
    color: Theme.colors.surface

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.hair
        color: Theme.colors.border
    }

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.l
        anchors.rightMargin: Theme.m
        spacing: Theme.s

        ClusterChooser {
            session: bar.session
            onChosen: name => bar.clusterChosen(name)
        }
        AppButton {
            readonly property ClusterSession cluster: bar.session.cluster
            readonly property bool locked: cluster !== null && cluster.readOnly
            visible: cluster !== null
            iconName: locked ? "lock" : "unlock"
            text: locked ? qsTr("Read-only") : ""
            explanation: locked ? qsTr("Nothing can be changed in this cluster from here. Click to unlock it.")
                : qsTr("Changes are allowed. Click to lock this cluster or to give it a colour.")
            onClicked: bar.protectionRequested()
        }
        NamespaceChooser {
            visible: bar.session.cluster !== null
            cluster: bar.session.cluster
        }
        Item {
            Layout.fillWidth: true
        }
        AppButton {
            iconName: "search"
            text: qsTr("Search  Ctrl+K")
            explanation: qsTr("Go anywhere, find by name, label or annotation")
            onClicked: bar.paletteRequested()
        }
        Freshness {
            engine: bar.session.engine
            cluster: bar.session.cluster
            asOf: bar.session.cluster ? bar.session.cluster.asOf : bar.session.clusterList.asOf
        }
        SettingsMenu {
            preferences: bar.session.preferences
            onThemeChosen: name => bar.themeChosen(name)
        }
        IconButton {
            iconName: "keyboard"
            explanation: qsTr("Keys (?)")
            onClicked: bar.keysRequested()
        }
    }
}
