import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// Ctrl+K: go anywhere, find anything. A colon begins a command: “:po shop”, “:ns shop”, “:ctx prod” (app/palette/palette_rows.h).
T.Popup {
    id: popup

    required property Session session

    signal chosen(string action, var arguments)

    parent: T.Overlay.overlay
    x: parent ? (parent.width - width) / 2 : 0
    y: Theme.px(88)
    width: Math.min(Theme.px(620), parent ? parent.width - 2 * Theme.xl : Theme.px(620))
    padding: Theme.s
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding

    function begin(text: string) {
        box.text = text
        found.query = text
        found.refresh()
        list.currentIndex = 0
        open()
        box.forceActiveFocus()
        box.cursorPosition = text.length
    }

    function take(index: int) {
        const action = found.actionAt(index)
        const list = found.argumentsAt(index)
        if (action === "")
            return
        close()
        chosen(action, list)
    }

    T.Overlay.modal: Rectangle {
        color: Theme.colors.shadow
    }

    background: Rectangle {
        radius: Theme.radiusLarge
        color: Theme.colors.surface
        border.width: Theme.hair
        border.color: Theme.colors.borderStrong
    }

    PaletteModel {
        id: found
        clusters: popup.session.clusters
        remoteClusters: popup.session.remoteClusters
        cluster: popup.session.cluster
        onCountChanged: list.currentIndex = 0
    }

    contentItem: Column {
        spacing: Theme.s

        TextBox {
            id: box
            width: parent.width
            implicitHeight: Theme.px(40)
            iconName: "search"
            placeholderText: qsTr("Go to, find by name, label or annotation, or :po shop, :ns shop, :ctx prod")
            label: qsTr("Command palette")
            onTextEdited: found.query = text
            onAccepted: popup.take(list.currentIndex)
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
        }
        ListView {
            id: list
            width: parent.width
            height: Math.min(contentHeight, Theme.px(400))
            implicitHeight: height
            clip: true
            model: found
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            T.ScrollBar.vertical: ThinScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Results")

            delegate: T.ItemDelegate {
                id: row

                required property int index
                required property string title
                required property string detail
                required property string section
                required property string iconName
                required property int state

                width: ListView.view.width
                implicitHeight: Theme.px(36)
                hoverEnabled: true
                onClicked: popup.take(index)
                Accessible.role: Accessible.ListItem
                Accessible.name: section + ": " + title + " " + detail

                contentItem: Item {
                    Icon {
                        id: symbol
                        x: Theme.s
                        anchors.verticalCenter: parent.verticalCenter
                        visible: row.iconName !== ""
                        width: Theme.iconSize
                        height: Theme.iconSize
                        name: row.iconName
                        color: Theme.colors.textDim
                    }
                    KindBadge {
                        x: Theme.s - 4
                        anchors.verticalCenter: parent.verticalCenter
                        visible: row.iconName === ""
                        width: Theme.px(24)
                        height: Theme.px(24)
                        kind: row.section
                    }
                    BodyText {
                        id: words
                        x: Theme.px(36)
                        anchors.verticalCenter: parent.verticalCenter
                        width: Math.min(implicitWidth, parent.width * 0.6)
                        text: row.title
                        font.weight: Font.Medium
                        Accessible.ignored: true
                    }
                    Caption {
                        anchors.left: words.right
                        anchors.leftMargin: Theme.s
                        anchors.right: where.left
                        anchors.rightMargin: Theme.s
                        anchors.verticalCenter: parent.verticalCenter
                        text: row.detail
                        Accessible.ignored: true
                    }
                    Caption {
                        id: where
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.l
                        anchors.verticalCenter: parent.verticalCenter
                        text: row.section
                        color: Theme.colors.textFaint
                        Accessible.ignored: true
                    }
                }
                background: Rectangle {
                    radius: Theme.radius
                    color: row.ListView.isCurrentItem ? Theme.colors.accentSoft : row.hovered ? Theme.colors.surfaceHover : "transparent"
                }
            }

            BodyText {
                anchors.centerIn: parent
                visible: list.count === 0
                text: qsTr("Nothing is called that.")
                dim: true
            }
        }
    }
}
