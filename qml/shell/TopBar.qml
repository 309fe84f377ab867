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
        IconButton {
            readonly property var next: ({ "dark": "light", "light": "projector", "projector": "dark" })
            readonly property var words: ({ "dark": qsTr("dark"), "light": qsTr("light"), "projector": qsTr("projector") })
            iconName: Theme.name
            explanation: qsTr("Theme: %1. Click for %2.").arg(words[Theme.name]).arg(words[next[Theme.name]])
            onClicked: bar.themeChosen(next[Theme.name])
        }
    }
}
