import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// One line of the map as text: a card, or what stands in it.
Rectangle {
    id: line

    required property int index
    required property string key
    required property string text
    required property string kind
    required property int depth
    required property int stateValue
    required property bool open
    required property bool branch
    property bool chosen: false
    property bool ringed: false

    signal tapped
    signal turned

    height: Theme.px(24)
    radius: Theme.radiusSmall
    color: chosen ? Theme.colors.accentSoft : "transparent"
    Accessible.role: Accessible.TreeItem
    Accessible.name: text
    Accessible.description: !branch ? "" : open ? qsTr("open") : qsTr("closed")
    Accessible.onPressAction: line.tapped()

    FocusRing {
        shown: line.ringed
        anchors.margins: 0
    }
    TapHandler {
        onTapped: line.tapped()
    }
    Icon {
        id: arrow
        x: line.depth * Theme.l
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.l
        height: Theme.m
        visible: line.branch
        name: line.open ? "down" : "right"
        color: Theme.colors.textDim

        TapHandler {
            onTapped: line.turned()
        }
    }
    StateGlyph {
        id: glyph
        x: arrow.x + Theme.l + Theme.xs
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.m
        height: Theme.m
        value: line.stateValue
        color: Theme.stateColor(line.stateValue)
    }
    BodyText {
        anchors.left: glyph.right
        anchors.leftMargin: Theme.s
        anchors.right: parent.right
        anchors.rightMargin: Theme.m
        anchors.verticalCenter: parent.verticalCenter
        text: line.text
        font.pixelSize: Theme.small
        strong: line.depth === 0
        Accessible.ignored: true
    }
}
