import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The map as a tree of text: for screen readers, for search, for people who read faster than they look.
Rectangle {
    id: twin

    required property MapModel map
    required property string selectedKey

    signal chosen(string key)
    signal opened(string key)
    signal closed

    color: Theme.colors.surface

    MapTwinModel {
        id: lines
        map: twin.map
        active: twin.visible
        filter: search.text
    }

    Rectangle {
        width: Theme.hair
        height: parent.height
        color: Theme.colors.border
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.m
        spacing: Theme.s

        RowLayout {
            BodyText {
                Layout.fillWidth: true
                text: qsTr("Map as text")
                strong: true
            }
            IconButton {
                iconName: "close"
                explanation: qsTr("Close")
                onClicked: twin.closed()
            }
        }
        TextBox {
            id: search
            Layout.fillWidth: true
            iconName: "search"
            placeholderText: qsTr("Find a node or pod")
        }
        ListView {
            id: list
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            keyNavigationEnabled: true
            activeFocusOnTab: true
            currentIndex: -1
            model: lines
            T.ScrollBar.vertical: ThinScrollBar {}
            Accessible.role: Accessible.Tree
            Accessible.name: qsTr("Map as text")
            readonly property MapTwinLine line: currentItem as MapTwinLine
            onLineChanged: {
                if (line && activeFocus)
                    twin.chosen(line.key)
            }
            onActiveFocusChanged: {
                if (activeFocus && currentIndex < 0)
                    currentIndex = Math.max(0, lines.rowOf(twin.selectedKey))
            }
            Keys.onReturnPressed: {
                if (line)
                    twin.opened(line.key)
            }
            Keys.onLeftPressed: turnTo(false)
            Keys.onRightPressed: turnTo(true)

            function turnTo(open) {
                if (line && (line.branch ? line.open !== open : !open))
                    lines.turn(currentIndex)
            }

            delegate: MapTwinLine {
                width: ListView.view.width
                chosen: key !== "" && key === twin.selectedKey
                ringed: ListView.isCurrentItem && list.activeFocus
                onTurned: lines.turn(index)
                onTapped: {
                    list.currentIndex = index
                    twin.chosen(key)
                }
            }
        }
    }
}
