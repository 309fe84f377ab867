import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Deploy
import Kates.Theme

// What changed since the drawer was opened, the newest first.
ListView {
    id: tab

    required property ObjectDetails details

    model: details.changes
    clip: true
    spacing: Theme.s
    topMargin: Theme.m
    bottomMargin: Theme.m
    boundsBehavior: Flickable.StopAtBounds
    T.ScrollBar.vertical: ThinScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Changes")

    delegate: ColumnLayout {
        id: change

        required property var modelData

        width: ListView.view.width
        spacing: Theme.xs

        RowLayout {
            Layout.leftMargin: Theme.l
            Layout.rightMargin: Theme.l
            spacing: Theme.s

            BodyText {
                text: Qt.formatTime(change.modelData.when, "hh:mm:ss")
                font.weight: Font.Medium
            }
            Caption {
                text: "+" + change.modelData.added
                color: Theme.colors.added
            }
            Caption {
                Layout.fillWidth: true
                text: "−" + change.modelData.removed
                color: Theme.colors.removed
            }
            AgeText {
                when: change.modelData.when
            }
        }
        DiffView {
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(contentHeight + topMargin + bottomMargin, Theme.card)
            interactive: contentHeight > height
            lines: change.modelData.lines
        }
    }

    EmptyState {
        anchors.fill: parent
        visible: tab.count === 0
        iconName: "timeline"
        title: qsTr("No change yet")
        text: qsTr("What happens to this object while the drawer is open is listed here.")
    }
}
