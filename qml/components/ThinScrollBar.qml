import QtQuick
import QtQuick.Templates as T
import Kates.Theme

T.ScrollBar {
    id: bar

    implicitWidth: Theme.s + 2
    implicitHeight: Theme.s + 2
    padding: 2
    minimumSize: 0.06
    visible: policy === T.ScrollBar.AlwaysOn || (policy === T.ScrollBar.AsNeeded && size < 1)

    contentItem: Rectangle {
        implicitWidth: Theme.xs + 2
        implicitHeight: Theme.xs + 2
        radius: width / 2
        color: bar.pressed ? Theme.colors.textFaint : Theme.colors.borderStrong
        opacity: bar.active || bar.hovered ? 1 : 0.6
    }
}
