import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// Logs at the foot of the window, in tabs. Its upper edge can be dragged.
Rectangle {
    id: panel

    required property Dock dock
    property real wanted: Theme.dock
    readonly property bool open: dock !== null && (dock.log !== null || dock.terminal !== null)

    implicitHeight: open ? wanted : 0
    visible: open
    color: Theme.colors.surface
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Dock")

    Rectangle {
        width: parent.width
        height: Theme.hair
        color: Theme.colors.border
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.topMargin: Theme.hair
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.s
            Layout.rightMargin: Theme.s
            spacing: Theme.xs

            Repeater {
                model: panel.dock ? panel.dock.titles : []

                T.AbstractButton {
                    id: tab

                    required property int index
                    required property string modelData
                    readonly property bool active: index === panel.dock.current

                    implicitWidth: content.implicitWidth + Theme.m
                    implicitHeight: Theme.px(32)
                    hoverEnabled: true
                    focusPolicy: Qt.TabFocus
                    onClicked: panel.dock.current = index
                    Accessible.role: Accessible.PageTab
                    Accessible.name: modelData

                    contentItem: Item {
                        Row {
                            id: content
                            anchors.centerIn: parent
                            spacing: Theme.xs

                            Icon {
                                anchors.verticalCenter: parent.verticalCenter
                                width: Theme.iconSize
                                height: Theme.iconSize
                                name: panel.dock.icons[tab.index] ?? ""
                                color: tab.active ? Theme.colors.accent : Theme.colors.textFaint
                            }
                            BodyText {
                                anchors.verticalCenter: parent.verticalCenter
                                text: tab.modelData
                                font.pixelSize: Theme.small
                                font.weight: tab.active ? Font.DemiBold : Font.Normal
                                dim: !tab.active
                                Accessible.ignored: true
                            }
                            IconButton {
                                implicitWidth: Theme.px(20)
                                implicitHeight: Theme.px(20)
                                iconName: "close"
                                explanation: qsTr("Close %1").arg(tab.modelData)
                                onClicked: panel.dock.close(tab.index)
                            }
                        }
                    }
                    background: Rectangle {
                        radius: Theme.radiusSmall
                        color: tab.active ? Theme.colors.surfaceHover : "transparent"

                        FocusRing {
                            shown: tab.visualFocus
                            anchors.margins: 1
                        }
                    }
                }
            }
            Item {
                Layout.fillWidth: true
            }
        }

        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.hair
            color: Theme.colors.border
        }

        TerminalTab {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: terminal !== null
            terminal: panel.dock ? panel.dock.terminal : null
        }
        LogView {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: log !== null
            log: panel.dock ? panel.dock.log : null
        }
    }

    Item {
        width: parent.width
        height: Theme.s
        y: -height / 2

        HoverHandler {
            cursorShape: Qt.SplitVCursor
        }
        DragHandler {
            id: drag
            target: null
            yAxis.enabled: true
            xAxis.enabled: false
            property real start
            onActiveChanged: start = panel.wanted
            onTranslationChanged: {
                if (active)
                    panel.wanted = Math.max(Theme.px(120), Math.min(panel.parent.height * 0.7, start - translation.y))
            }
        }
    }
}
