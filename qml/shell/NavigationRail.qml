import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// The pages, at the left; only icons when the window is narrow.
Rectangle {
    id: rail

    required property string page
    property bool narrow: false

    signal chosen(string page)

    implicitWidth: narrow ? Theme.navigationNarrow : Theme.navigation
    color: Theme.colors.surface

    Rectangle {
        anchors.right: parent.right
        width: Theme.hair
        height: parent.height
        color: Theme.colors.border
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.s
        spacing: Theme.xs

        RowLayout {
            Layout.preferredHeight: Theme.topBar - Theme.s
            Layout.leftMargin: Theme.s
            spacing: Theme.s + 2

            Icon {
                Layout.preferredWidth: Theme.px(24)
                Layout.preferredHeight: Theme.px(24)
                name: "brand"
                color: Theme.colors.accent
            }
            BodyText {
                visible: !rail.narrow
                text: qsTr("Kates")
                font.pixelSize: Theme.px(17)
                font.letterSpacing: -0.2
                strong: true
            }
        }

        NavigationItem {
            narrow: rail.narrow
            iconName: "clusters"
            text: qsTr("Clusters")
            chosen: rail.page === "clusters"
            onClicked: rail.chosen("clusters")
        }
        NavigationItem {
            narrow: rail.narrow
            iconName: "map"
            text: qsTr("Map")
            chosen: rail.page === "map"
            onClicked: rail.chosen("map")
        }
        NavigationItem {
            narrow: rail.narrow
            iconName: "resources"
            text: qsTr("Resources")
            chosen: rail.page === "resources"
            onClicked: rail.chosen("resources")
        }
        NavigationItem {
            narrow: rail.narrow
            iconName: "deploy"
            text: qsTr("Deploy")
            chosen: rail.page === "deploy"
            onClicked: rail.chosen("deploy")
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
