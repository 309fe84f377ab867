import QtQuick
import Kates.App

// Drag pans, wheel and pinch zoom at the pointer, click chooses.
Item {
    id: gestures

    required property MapCanvas canvas

    HoverHandler {
        onPointChanged: gestures.canvas.hover(point.position)
        onHoveredChanged: {
            if (!hovered)
                gestures.canvas.leaveHover()
        }
    }

    TapHandler {
        gesturePolicy: TapHandler.DragThreshold
        onTapped: eventPoint => {
            gestures.canvas.forceActiveFocus()
            gestures.canvas.activateAt(eventPoint.position)
        }
        onDoubleTapped: eventPoint => gestures.canvas.zoomBy(2, eventPoint.position)
    }

    DragHandler {
        id: drag
        target: null
        property point last
        onActiveChanged: last = Qt.point(0, 0)
        onTranslationChanged: {
            if (!active)
                return
            gestures.canvas.panBy(translation.x - last.x, translation.y - last.y)
            last = Qt.point(translation.x, translation.y)
        }
    }

    PinchHandler {
        target: null
        property real last: 1
        onActiveChanged: last = 1
        onActiveScaleChanged: {
            gestures.canvas.zoomBy(activeScale / last, centroid.position)
            last = activeScale
        }
    }

    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        onWheel: event => gestures.canvas.zoomBy(Math.pow(1.0015, event.angleDelta.y), Qt.point(event.x, event.y))
    }
}
