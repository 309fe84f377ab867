import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// The whole map in a corner, with a frame around what is seen. Shown when not all of it is.
Panel {
    id: overview

    required property MapCanvas canvas
    required property MapModel map

    readonly property rect seen: canvas.visibleWorld
    readonly property rect whole: map ? map.bounds : Qt.rect(0, 0, 0, 0)
    readonly property bool useful: whole.width > 0 && (seen.x > whole.x + 1 || seen.y > whole.y + 1 || seen.x + seen.width < whole.x + whole.width - 1
        || seen.y + seen.height < whole.y + whole.height - 1)

    width: Theme.px(200)
    height: Theme.px(132)
    radius: Theme.radius
    color: Theme.alpha(Theme.colors.ground, 0.92)
    visible: useful && canvas.visible
    clip: true
    Accessible.ignored: true

    MapCanvas {
        id: small
        anchors.fill: parent
        anchors.margins: Theme.hair
        model: overview.useful ? overview.map : null
        palette: overview.canvas.palette
        fitMargin: Theme.s
        reducedMotion: true

        Rectangle {
            readonly property rect frame: {
                const unused = small.visibleWorld // the frame moves with either view
                return small.toItem(overview.seen)
            }
            x: frame.x
            y: frame.y
            width: frame.width
            height: frame.height
            color: Theme.alpha(Theme.colors.accent, 0.12)
            border.width: Theme.hair
            border.color: Theme.colors.accent
        }
    }

    TapHandler {
        onTapped: eventPoint => overview.canvas.centerOn(small.toWorld(eventPoint.position))
    }
    DragHandler {
        target: null
        onCentroidChanged: {
            if (active)
                overview.canvas.centerOn(small.toWorld(centroid.position))
        }
    }
}
