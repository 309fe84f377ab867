import QtQuick
import Kates.Components
import Kates.Theme

// One line of a log, with the pod it comes from when there are several.
Rectangle {
    id: row

    required property int index
    required property string text
    required property string time
    required property int source
    required property var sources
    property bool showTime: false
    property bool wrap: false
    property bool hit: false
    property string needle

    readonly property bool many: sources.length > 1
    readonly property bool matches: needle !== "" && text.toLowerCase().includes(needle.toLowerCase())

    width: ListView.view ? ListView.view.width : implicitWidth
    height: label.implicitHeight + 2
    color: hit ? Theme.colors.accentSoft : matches ? Theme.colors.surfaceHover : "transparent"
    Accessible.role: Accessible.ListItem
    Accessible.name: text

    Rectangle {
        visible: row.many
        width: 3
        height: parent.height
        color: Theme.seriesColor(row.source)
    }
    BodyText {
        id: origin
        x: Theme.m
        width: row.many ? Math.min(Theme.px(170), implicitWidth) : 0
        visible: row.many
        text: row.sources[row.source] ?? ""
        color: Theme.seriesColor(row.source)
        code: true
        font.pixelSize: Theme.caption
        elide: Text.ElideMiddle
        Accessible.ignored: true
    }
    BodyText {
        id: stamp
        anchors.left: origin.right
        anchors.leftMargin: row.many ? Theme.s : 0
        width: row.showTime ? implicitWidth + Theme.s : 0
        visible: row.showTime
        text: row.time.slice(11, 23)
        code: true
        color: Theme.colors.textFaint
        font.pixelSize: Theme.caption
        Accessible.ignored: true
    }
    BodyText {
        id: label
        anchors.left: stamp.right
        anchors.right: parent.right
        anchors.leftMargin: row.many && !row.showTime ? Theme.s : 0
        anchors.rightMargin: Theme.m
        text: row.text
        code: true
        font.pixelSize: Theme.small
        wrapMode: row.wrap ? Text.WrapAnywhere : Text.NoWrap
        elide: row.wrap ? Text.ElideNone : Text.ElideRight
        Accessible.ignored: true
    }
}
