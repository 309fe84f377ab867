import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// One container of a pod.
Rectangle {
    id: row

    required property var container

    signal logsRequested
    signal shellRequested

    implicitHeight: column.implicitHeight + 2 * Theme.m
    radius: Theme.radius
    color: "transparent"
    border.width: Theme.hair
    border.color: Theme.colors.border

    ColumnLayout {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.m
        spacing: Theme.xs

        RowLayout {
            spacing: Theme.s

            BodyText {
                Layout.fillWidth: true
                text: row.container.name
                font.weight: Font.Medium
            }
            Badge {
                visible: row.container.init
                text: qsTr("init")
            }
            Badge {
                visible: row.container.restarts > 0
                text: qsTr("%n restart(s)", "", row.container.restarts)
                tone: Theme.stateColor(ObjectState.Waiting)
            }
            StateBadge {
                value: row.container.state
                text: row.container.text
            }
            IconButton {
                iconName: "terminal"
                enabled: row.container.state === ObjectState.Ok || row.container.state === ObjectState.Progressing
                explanation: qsTr("Shell in %1").arg(row.container.name)
                onClicked: row.shellRequested()
            }
            IconButton {
                iconName: "logs"
                explanation: qsTr("Log of %1").arg(row.container.name)
                onClicked: row.logsRequested()
            }
        }
        Caption {
            Layout.fillWidth: true
            code: true
            text: row.container.image
            elide: Text.ElideMiddle
        }
        BodyText {
            Layout.fillWidth: true
            visible: text !== ""
            text: row.container.reason
            color: Theme.stateColor(row.container.state)
            font.pixelSize: Theme.small
            wrapMode: Text.Wrap
        }
    }
}
