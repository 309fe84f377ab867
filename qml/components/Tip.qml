import QtQuick
import QtQuick.Templates as T
import Kates.Theme

// A tooltip of its parent.
T.ToolTip {
    id: control

    property bool shown: false

    visible: shown
    delay: Theme.tooltipDelay
    x: parent ? (parent.width - implicitWidth) / 2 : 0
    y: parent ? parent.height + Theme.xs : 0
    margins: Theme.s
    padding: Theme.s
    implicitWidth: Math.min(contentItem.implicitWidth + leftPadding + rightPadding, Theme.card)
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent

    contentItem: BodyText {
        text: control.text
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
    }

    background: Rectangle {
        color: Theme.colors.surfaceRaised
        border.width: Theme.hair
        border.color: Theme.colors.borderStrong
        radius: Theme.radiusSmall
    }
}
