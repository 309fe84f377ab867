import QtQuick
import QtQuick.Templates as T
import Kates.Theme

// A modal dialog in the middle of the window: a heading, content, and buttons at the foot.
T.Dialog {
    id: sheet

    default property alias content: body.data
    property alias buttons: footerRow.data

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Theme.dialog, parent ? parent.width - 2 * Theme.xl : Theme.dialog)
    modal: true
    focus: true
    padding: Theme.xl
    closePolicy: T.Popup.CloseOnEscape
    implicitHeight: header.height + contentItem.implicitHeight + footer.height + topPadding + bottomPadding
    height: Math.min(implicitHeight, parent ? parent.height - 2 * Theme.l : implicitHeight)

    T.Overlay.modal: Rectangle {
        color: Theme.colors.shadow
    }

    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.normal
        }
    }

    background: Panel {
        color: Theme.colors.surface
        border.color: Theme.colors.borderStrong
    }

    header: Item {
        implicitHeight: heading.implicitHeight + Theme.xl
        height: implicitHeight

        Heading {
            id: heading
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.leftMargin: Theme.xl
            anchors.rightMargin: Theme.xl
            text: sheet.title
        }
    }

    contentItem: Flickable {
        id: area
        implicitHeight: body.implicitHeight
        contentHeight: body.implicitHeight
        clip: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ThinScrollBar {}

        Column {
            id: body
            width: area.width
            spacing: Theme.l
        }
        ScrollToFocus {
            area: area
        }
    }

    footer: Item {
        implicitHeight: footerRow.implicitHeight + Theme.xl
        height: implicitHeight

        Row {
            id: footerRow
            anchors.right: parent.right
            anchors.rightMargin: Theme.xl
            spacing: Theme.s
        }
    }
}
