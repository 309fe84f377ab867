import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// What belongs to the object, by how.
ListView {
    id: tab

    required property ObjectDetails details

    signal chosen(string apiVersion, string kind, string ns, string name)

    model: details.related
    clip: true
    topMargin: Theme.s
    bottomMargin: Theme.s
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: true
    keyNavigationEnabled: true
    T.ScrollBar.vertical: ThinScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Related objects")

    footer: Caption {
        visible: tab.count > 0 && text !== ""
        height: visible ? implicitHeight : 0
        width: ListView.view.width
        padding: Theme.l
        text: tab.details.relatedProblem
        wrapMode: Text.Wrap
    }

    delegate: T.ItemDelegate {
        id: row

        required property int index
        required property var modelData
        readonly property bool first: index === 0 || tab.model[index - 1].relation !== modelData.relation

        width: ListView.view.width
        implicitHeight: Theme.px(34) + (first ? Theme.px(28) : 0)
        hoverEnabled: true
        highlighted: ListView.isCurrentItem && ListView.view.activeFocus
        onClicked: tab.chosen(modelData.apiVersion, modelData.kind, modelData.ns, modelData.name)
        Keys.onReturnPressed: row.clicked()
        Accessible.role: Accessible.ListItem
        Accessible.name: modelData.relation + " " + modelData.kind + " " + modelData.title + " " + modelData.text

        contentItem: Item {
            SectionTitle {
                x: Theme.l
                y: Theme.m
                visible: row.first
                text: row.modelData.relation
            }
            KindBadge {
                id: badge
                x: Theme.l
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.px(5)
                width: Theme.px(24)
                height: Theme.px(24)
                kind: row.modelData.kind
            }
            BodyText {
                anchors.left: badge.right
                anchors.leftMargin: Theme.s
                anchors.right: status.left
                anchors.rightMargin: Theme.s
                anchors.verticalCenter: badge.verticalCenter
                text: row.modelData.title
                elide: Text.ElideMiddle
                Accessible.ignored: true
            }
            StateBadge {
                id: status
                anchors.right: parent.right
                anchors.rightMargin: Theme.l
                anchors.verticalCenter: badge.verticalCenter
                visible: row.modelData.text !== ""
                value: row.modelData.state
                text: row.modelData.text
            }
        }
        background: Rectangle {
            anchors.bottom: parent ? parent.bottom : undefined
            width: row.width
            height: Theme.px(34)
            y: row.height - height
            color: row.hovered || row.highlighted ? Theme.colors.surfaceHover : "transparent"
        }
    }

    EmptyState {
        anchors.fill: parent
        visible: tab.count === 0
        iconName: "link"
        title: tab.details.relatedKnown ? qsTr("Nothing belongs to it") : qsTr("Looking …")
        text: tab.details.relatedProblem
    }
}
