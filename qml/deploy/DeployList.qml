import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The documents of the deployment, in the order in which they are applied.
ListView {
    id: list

    required property DeploySession deploy

    model: deploy.items
    clip: true
    spacing: 2
    boundsBehavior: Flickable.StopAtBounds
    keyNavigationEnabled: true
    activeFocusOnTab: true
    currentIndex: 0
    T.ScrollBar.vertical: ThinScrollBar {}

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Documents")

    delegate: T.ItemDelegate {
        id: item

        required property int index
        required property string source
        required property int line
        required property string kind
        required property string name
        required property string ns
        required property string phaseText
        required property int state
        required property int added
        required property int removed

        width: ListView.view.width
        implicitHeight: Theme.px(52)
        hoverEnabled: true
        onClicked: list.currentIndex = index
        Accessible.role: Accessible.ListItem
        Accessible.name: kind + " " + name + ", " + phaseText

        contentItem: RowLayout {
            spacing: Theme.s

            StateGlyph {
                Layout.leftMargin: Theme.s
                Layout.preferredWidth: Theme.glyphSize
                Layout.preferredHeight: Theme.glyphSize
                value: item.state
                color: Theme.stateColor(item.state)
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                BodyText {
                    Layout.fillWidth: true
                    text: item.name === "" ? qsTr("%1, line %2").arg(item.source).arg(item.line) : item.kind + "  " + item.name
                    font.weight: Font.Medium
                    Accessible.ignored: true
                }
                Caption {
                    Layout.fillWidth: true
                    text: (item.ns === "" ? "" : item.ns + "  ·  ") + item.source + ":" + item.line
                    Accessible.ignored: true
                }
            }
            ColumnLayout {
                Layout.rightMargin: Theme.m
                spacing: 0

                Caption {
                    Layout.alignment: Qt.AlignRight
                    text: item.phaseText
                    color: Theme.stateColor(item.state)
                    font.weight: Font.Medium
                    Accessible.ignored: true
                }
                Row {
                    Layout.alignment: Qt.AlignRight
                    spacing: Theme.xs
                    visible: item.added + item.removed > 0

                    Caption {
                        text: "+" + item.added
                        color: Theme.colors.added
                    }
                    Caption {
                        text: "−" + item.removed
                        color: Theme.colors.removed
                    }
                }
            }
        }

        background: Rectangle {
            radius: Theme.radius
            color: list.currentIndex === item.index ? Theme.colors.accentSoft : item.hovered ? Theme.colors.surfaceHover : "transparent"
        }
    }
}
