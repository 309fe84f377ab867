import QtQuick
import Kates.Theme

// The colour that was chosen for the open cluster, all around the window, so that nobody mistakes one cluster for another.
Item {
    id: frame

    property string colorName

    visible: colorName !== ""

    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: Theme.protectionFrame
        border.color: Theme.protectionColor(frame.colorName)
    }
    Rectangle {
        width: parent.width
        height: Theme.protectionBar
        color: Theme.protectionColor(frame.colorName)
    }
}
