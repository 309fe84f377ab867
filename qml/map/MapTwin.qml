import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The map as text: for screen readers, for search, for people who read faster than they look.
Rectangle {
    id: twin

    required property MapModel map
    required property string selectedKey
    property string filter

    signal chosen(string key)
    signal closed

    color: Theme.colors.surface
    onVisibleChanged: refresh()

    function refresh() {
        const lines = visible && map ? map.textTwin() : []
        list.model = filter === "" ? lines : lines.filter(line => line.text.toLowerCase().includes(filter.toLowerCase()))
    }

    Connections {
        target: twin.map
        function onSceneChanged() {
            if (twin.visible && !pause.running)
                pause.start()
        }
    }

    // A list is read by people: once in a while is enough.
    Timer {
        id: pause
        interval: 500
        onTriggered: twin.refresh()
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
            Layout.fillWidth: true
            iconName: "search"
            placeholderText: qsTr("Find a node or pod")
            onTextChanged: {
                twin.filter = text
                twin.refresh()
            }
        }
        ListView {
            id: list
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            keyNavigationEnabled: true
            activeFocusOnTab: true
            T.ScrollBar.vertical: ThinScrollBar {}

            delegate: Rectangle {
                id: line

                required property var modelData

                width: ListView.view.width
                height: Theme.px(24)
                radius: Theme.radiusSmall
                color: modelData.key !== "" && modelData.key === twin.selectedKey ? Theme.colors.accentSoft : "transparent"
                Accessible.role: Accessible.ListItem
                Accessible.name: modelData.text

                StateGlyph {
                    id: glyph
                    x: line.modelData.depth * Theme.l + Theme.xs
                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.m
                    height: Theme.m
                    value: line.modelData.state
                    color: Theme.stateColor(line.modelData.state)
                }
                BodyText {
                    anchors.left: glyph.right
                    anchors.leftMargin: Theme.s
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.m
                    anchors.verticalCenter: parent.verticalCenter
                    text: line.modelData.text
                    font.pixelSize: Theme.small
                    strong: line.modelData.depth === 0
                    Accessible.ignored: true
                }
                TapHandler {
                    onTapped: twin.chosen(line.modelData.key)
                }
            }
        }
    }
}
