import QtQuick
import Kates.Theme

// Scrolls an area so that the control with the keyboard can be seen.
Item {
    id: follower

    required property Flickable area
    readonly property Item focusItem: Window.activeFocusItem

    onFocusItemChanged: {
        let item = focusItem
        while (item && item !== area.contentItem)
            item = item.parent
        if (!item)
            return
        const top = focusItem.mapToItem(area.contentItem, 0, 0).y
        const most = Math.max(0, area.contentHeight - area.height)
        if (top < area.contentY)
            area.contentY = Math.max(0, top - Theme.xl)
        else if (top + focusItem.height > area.contentY + area.height)
            area.contentY = Math.min(most, top + focusItem.height + Theme.xl - area.height)
    }
}
