import QtQuick
import QtQuick.Templates as T
import Kates.Theme

// A menu that drops from a button: rows of a model, moved through by the arrow keys.
T.Popup {
    id: popup

    property alias model: list.model
    property alias delegate: list.delegate
    property alias header: list.header
    property string emptyText

    width: Theme.menu
    padding: Theme.xs
    focus: true
    implicitHeight: Math.min(contentItem.implicitHeight + topPadding + bottomPadding, Theme.card)
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent

    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.quick
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: Theme.colors.surfaceRaised
        border.width: Theme.hair
        border.color: Theme.colors.borderStrong
    }

    contentItem: ListView {
        id: list
        implicitHeight: Math.max(contentHeight, Theme.row)
        clip: true
        focus: true
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ThinScrollBar {}

        BodyText {
            anchors.centerIn: parent
            visible: list.count === 0 && !list.header
            text: popup.emptyText
            dim: true
        }
    }
}
