import QtQuick
import Kates.App
import Kates.Theme

// The keys of the map: arrows walk from thing to thing, Enter opens, Shift with arrows pans, Alt with arrows moves the chosen card.
QtObject {
    id: keys

    required property MapCanvas canvas
    required property MapModel map

    signal twinToggled
    signal motionToggled

    readonly property int step: Theme.px(80)

    // Whether the event was for the map.
    function take(event: var): bool {
        const ways = { [Qt.Key_Left]: [-1, 0], [Qt.Key_Right]: [1, 0], [Qt.Key_Up]: [0, -1], [Qt.Key_Down]: [0, 1] }
        const way = ways[event.key]
        if (way && event.modifiers & Qt.AltModifier)
            canvas.nudge(way[0] * step / 2, way[1] * step / 2)
        else if (way && event.modifiers & Qt.ShiftModifier)
            canvas.panBy(-way[0] * step, -way[1] * step)
        else if (way)
            canvas.walk(way[0], way[1])
        else
            return event.modifiers & (Qt.ControlModifier | Qt.AltModifier) ? false : letter(event.key)
        return true
    }

    function letter(key: int): bool {
        const middle = Qt.point(canvas.width / 2, canvas.height / 2)
        const acts = {
            [Qt.Key_Plus]: () => canvas.zoomBy(1.2, middle),
            [Qt.Key_Equal]: () => canvas.zoomBy(1.2, middle),
            [Qt.Key_Minus]: () => canvas.zoomBy(1 / 1.2, middle),
            [Qt.Key_0]: () => canvas.fit(),
            [Qt.Key_1]: () => canvas.actualSize(),
            [Qt.Key_Return]: () => canvas.activateSelected(),
            [Qt.Key_Enter]: () => canvas.activateSelected(),
            [Qt.Key_Z]: () => canvas.zoomTo(canvas.selectedKey),
            [Qt.Key_E]: () => map.toggle(canvas.selectedKey),
            [Qt.Key_P]: () => map.unpin(canvas.selectedPinned ? canvas.selectedKey : " "),
            [Qt.Key_R]: () => map.tidy(),
            [Qt.Key_T]: () => twinToggled(),
            [Qt.Key_M]: () => motionToggled()
        }
        if (!(key in acts))
            return false
        acts[key]()
        return true
    }
}
