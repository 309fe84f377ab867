import QtQuick
import Kates.Theme

// A word or two in a pill.
Rectangle {
    id: badge

    property alias text: label.text
    property color tone: Theme.colors.textDim

    implicitWidth: label.implicitWidth + 2 * Theme.s
    implicitHeight: label.implicitHeight + Theme.xs
    radius: height / 2
    color: Theme.alpha(badge.tone, Theme.colors.dark ? 0.14 : 0.1)

    BodyText {
        id: label
        anchors.centerIn: parent
        font.pixelSize: Theme.caption
        font.weight: Font.Medium
        color: badge.tone
    }
}
