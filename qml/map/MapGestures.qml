import QtQuick
import Kates.App

// Drag pans, or moves the card that is taken by its head; wheel and pinch zoom at the pointer; click chooses; double click opens.
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
        onDoubleTapped: eventPoint => gestures.canvas.openAt(eventPoint.position)
    }

    DragHandler {
        id: drag
        target: null
        property point last
        property bool carrying: false
        onActiveChanged: {
            last = Qt.point(0, 0)
            if (active)
                carrying = gestures.canvas.grabAt(centroid.pressPosition)
            else if (carrying)
                gestures.canvas.drop()
        }
        onTranslationChanged: {
            if (!active)
                return
            const move = carrying ? gestures.canvas.dragBy : gestures.canvas.panBy
            move.call(gestures.canvas, translation.x - last.x, translation.y - last.y)
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
