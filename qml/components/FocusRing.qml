import QtQuick
import Kates.Theme

// Shows where the keyboard is, around its parent.
Rectangle {
    property bool shown: false

    anchors.fill: parent
    anchors.margins: -Theme.focusWidth
    visible: shown
    color: "transparent"
    border.width: Theme.focusWidth
    border.color: Theme.colors.accent
    radius: Theme.radius
}
