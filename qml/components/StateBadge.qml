import QtQuick
import Kates.App
import Kates.Theme

// A state as glyph, word and colour.
Row {
    id: badge

    required property int value // ObjectState
    required property string text

    spacing: Theme.xs
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    StateGlyph {
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.glyphSize
        height: Theme.glyphSize
        value: badge.value
        color: Theme.stateColor(badge.value)
    }
    BodyText {
        anchors.verticalCenter: parent.verticalCenter
        text: badge.text
        color: Theme.stateColor(badge.value)
        font.weight: Font.Medium
        font.pixelSize: Theme.small
        Accessible.ignored: true
    }
}
