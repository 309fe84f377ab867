import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// What is wrong with the text, by line. Choosing one goes there.
Rectangle {
    id: foot

    required property YamlEdit edit

    signal lineChosen(int line)

    implicitHeight: list.count > 0 ? Math.min(list.contentHeight + 2 * Theme.xs, Theme.px(120)) : state.implicitHeight + 2 * Theme.xs
    color: Theme.colors.ground

    Caption {
        id: state
        x: Theme.l
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - 2 * Theme.l
        visible: list.count === 0
        text: foot.edit.schemaKnown ? qsTr("No problem found by the server's schema. Ctrl+Space offers what fits.")
            : qsTr("The server does not say which fields this kind has; the review will check.")
    }
    ListView {
        id: list
        anchors.fill: parent
        anchors.topMargin: Theme.xs
        anchors.bottomMargin: Theme.xs
        clip: true
        model: foot.edit.problems
        activeFocusOnTab: count > 0
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Problems")

        delegate: T.ItemDelegate {
            id: row

            required property var modelData

            width: ListView.view.width
            implicitHeight: label.implicitHeight + Theme.xs
            hoverEnabled: true
            highlighted: ListView.isCurrentItem && ListView.view.activeFocus
            onClicked: foot.lineChosen(modelData.line)
            Keys.onReturnPressed: row.clicked()
            Accessible.role: Accessible.ListItem
            Accessible.name: label.text
            Accessible.onPressAction: row.clicked()

            contentItem: BodyText {
                id: label
                leftPadding: Theme.l
                rightPadding: Theme.l
                text: row.modelData.line > 0 ? qsTr("Line %1: %2").arg(row.modelData.line).arg(row.modelData.text) : row.modelData.text
                color: Theme.stateColor(ObjectState.Failing)
                font.pixelSize: Theme.small
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
            background: Rectangle {
                color: row.hovered || row.highlighted ? Theme.colors.surfaceHover : "transparent"
            }
        }
    }
}
