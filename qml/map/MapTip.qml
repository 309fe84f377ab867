import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// What is under the pointer, beside it.
Rectangle {
    id: tip

    required property MapCanvas canvas

    readonly property rect target: canvas.hoveredRect

    visible: canvas.visible && canvas.hoveredText !== ""
    x: Math.max(Theme.s, Math.min(parent.width - width - Theme.s, target.x + target.width / 2 - width / 2))
    y: target.y + target.height + Theme.s + height > parent.height ? target.y - height - Theme.s : target.y + target.height + Theme.s
    width: Math.min(label.implicitWidth, Theme.card) + 2 * Theme.m
    height: label.height + 2 * Theme.s
    radius: Theme.radiusSmall
    color: Theme.colors.surfaceRaised
    border.width: Theme.hair
    border.color: Theme.colors.borderStrong

    BodyText {
        id: label
        x: Theme.m
        y: Theme.s
        width: Math.min(implicitWidth, Theme.card)
        wrapMode: Text.Wrap
        maximumLineCount: 6
        text: tip.canvas.hoveredText
        font.pixelSize: Theme.small
    }
}
