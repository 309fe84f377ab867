import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The kinds of the server in their sections.
Rectangle {
    id: kinds

    required property Catalog catalog
    required property string current

    signal chosen(string id)

    color: "transparent"

    Rectangle {
        anchors.right: parent.right
        width: Theme.hair
        height: parent.height
        color: Theme.colors.border
    }

    ListView {
        id: list
        anchors.fill: parent
        anchors.margins: Theme.s
        anchors.topMargin: Theme.xs
        clip: true
        model: kinds.catalog
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        keyNavigationEnabled: true
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Kinds")

        section.property: "section"
        section.delegate: Item {
            required property string section
            width: ListView.view.width
            height: Theme.px(34)

            SectionTitle {
                x: Theme.s
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.xs
                text: parent.section
            }
        }

        delegate: T.ItemDelegate {
            id: row

            required property string resourceId
            required property string label
            required property string group
            readonly property bool active: resourceId === kinds.current

            width: ListView.view.width - Theme.m
            implicitHeight: Theme.px(27)
            hoverEnabled: true
            highlighted: ListView.isCurrentItem && ListView.view.activeFocus
            onClicked: kinds.chosen(resourceId)
            Keys.onReturnPressed: kinds.chosen(resourceId)
            Accessible.role: Accessible.ListItem
            Accessible.name: label
            Accessible.selected: active

            contentItem: BodyText {
                leftPadding: Theme.s
                text: row.label
                font.pixelSize: Theme.small
                font.weight: row.active ? Font.DemiBold : Font.Normal
                color: row.active ? Theme.colors.text : Theme.colors.textDim
                Accessible.ignored: true
            }
            background: Rectangle {
                radius: Theme.radiusSmall
                color: row.active ? Theme.colors.accentSoft : row.hovered || row.highlighted ? Theme.colors.surfaceHover : "transparent"
            }
            Tip {
                shown: row.hovered
                text: row.resourceId
            }
        }

        BodyText {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.m
            visible: list.count === 0 && kinds.catalog !== null
            text: kinds.catalog && kinds.catalog.problem !== "" ? kinds.catalog.problem : qsTr("Asking the server what it has …")
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            dim: true
        }
    }
}
