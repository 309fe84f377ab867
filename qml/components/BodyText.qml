import QtQuick
import Kates.Theme

// Text. Always plain, so that nothing a server sends can become markup.
Text {
    property bool dim: false
    property bool strong: false
    property bool code: false

    textFormat: Text.PlainText
    color: dim ? Theme.colors.textDim : Theme.colors.text
    font.pixelSize: Theme.body
    font.weight: strong ? Font.DemiBold : Font.Normal
    font.family: code ? Theme.monospace : Theme.family
    elide: Text.ElideRight
    verticalAlignment: Text.AlignVCenter
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
