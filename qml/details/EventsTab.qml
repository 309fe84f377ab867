import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// What happened to the object, as its events tell it.
ListView {
    id: tab

    required property ObjectDetails details

    model: details.events
    clip: true
    topMargin: Theme.s
    bottomMargin: Theme.s
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: true
    T.ScrollBar.vertical: ThinScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Events")

    delegate: Item {
        id: event

        required property int state
        required property string reason
        required property string message
        required property int count
        required property string source
        required property date last

        width: ListView.view.width
        height: column.implicitHeight + 2 * Theme.s
        Accessible.role: Accessible.ListItem
        Accessible.name: reason + ": " + message

        StateGlyph {
            x: Theme.l
            y: Theme.s + 1
            width: Theme.glyphSize
            height: Theme.glyphSize
            value: event.state
            color: Theme.stateColor(event.state)
        }
        ColumnLayout {
            id: column
            x: Theme.l + Theme.glyphSize + Theme.s
            y: Theme.s
            width: parent.width - x - Theme.l
            spacing: 1

            RowLayout {
                spacing: Theme.s

                BodyText {
                    text: event.reason
                    font.weight: Font.Medium
                    Accessible.ignored: true
                }
                Caption {
                    Layout.fillWidth: true
                    text: event.source + (event.count > 1 ? "  ·  " + qsTr("%n time(s)", "", event.count) : "")
                }
                AgeText {
                    when: event.last
                }
            }
            BodyText {
                Layout.fillWidth: true
                text: event.message
                dim: true
                font.pixelSize: Theme.small
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
    }

    EmptyState {
        anchors.fill: parent
        visible: tab.count === 0
        iconName: tab.details.eventsProblem !== "" ? "warning" : "bell"
        title: tab.details.eventsProblem !== "" ? qsTr("The events cannot be read") : qsTr("No events")
        text: tab.details.eventsProblem !== "" ? tab.details.eventsProblem
            : qsTr("The server forgets events after a while, an hour as a rule.")
    }
}
