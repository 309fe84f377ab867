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
    // One line each: the next pages (timeline, lab) go here, in Main.qml and in app/palette/palette_rows.cpp.
    readonly property var pages: [
        { "page": "clusters", "icon": "clusters", "title": qsTr("Clusters") },
        { "page": "map", "icon": "map", "title": qsTr("Map") },
        { "page": "resources", "icon": "resources", "title": qsTr("Resources") },
        { "page": "deploy", "icon": "deploy", "title": qsTr("Deploy") }
    ]

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

        Repeater {
            model: rail.pages

            NavigationItem {
                required property var modelData
                narrow: rail.narrow
                iconName: modelData.icon
                text: modelData.title
                chosen: rail.page === modelData.page
                onClicked: rail.chosen(modelData.page)
            }
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
