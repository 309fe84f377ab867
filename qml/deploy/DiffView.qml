import QtQuick
import QtQuick.Templates as T
import Kates.Components
import Kates.Theme

// A difference by lines: what goes, what comes, what stays around it.
ListView {
    id: view

    required property var lines

    model: lines
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    topMargin: Theme.s
    bottomMargin: Theme.s
    activeFocusOnTab: true
    T.ScrollBar.vertical: ThinScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Difference")

    delegate: Rectangle {
        id: line

        required property var modelData
        readonly property bool added: modelData.kind === "added"
        readonly property bool removed: modelData.kind === "removed"
        readonly property bool more: modelData.kind === "more"
        readonly property bool folded: modelData.kind === "folded" || more
        readonly property color ink: added ? Theme.colors.added : removed ? Theme.colors.removed : Theme.colors.textDim

        width: ListView.view.width
        height: folded ? Theme.px(26) : Theme.px(19)
        color: added ? Theme.colors.addedGround : removed ? Theme.colors.removedGround : folded ? Theme.colors.ground : "transparent"
        Accessible.role: Accessible.ListItem
        Accessible.name: folded ? fold.text : modelData.kind + " " + modelData.text

        BodyText {
            x: Theme.m
            width: Theme.l
            height: parent.height
            code: true
            text: line.added ? "+" : line.removed ? "−" : ""
            color: line.ink
            font.pixelSize: Theme.small
            Accessible.ignored: true
        }
        BodyText {
            x: Theme.m + Theme.l
            width: parent.width - x - Theme.m
            height: parent.height
            code: true
            text: line.modelData.text
            color: line.ink
            font.pixelSize: Theme.small
            Accessible.ignored: true
        }
        Caption {
            id: fold
            anchors.centerIn: parent
            visible: line.folded
            text: line.more ? qsTr("%n more line(s) are not shown", "", line.modelData.folded)
                : qsTr("%n unchanged line(s)", "", line.modelData.folded)
            color: Theme.colors.textFaint
        }
    }
}
