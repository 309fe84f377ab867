import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// What runs and what has ended.
ColumnLayout {
    id: view

    required property Tasks tasks

    spacing: 0

    function focusList() {
        list.forceActiveFocus()
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.margins: Theme.xs
        Layout.leftMargin: Theme.m
        Layout.rightMargin: Theme.m

        Caption {
            Layout.fillWidth: true
            text: view.tasks.running > 0 ? qsTr("%n task(s) running", "", view.tasks.running) : qsTr("Nothing is being done.")
        }
        AppButton {
            compact: true
            enabled: view.tasks.finished > 0
            text: qsTr("Clear what has ended")
            onClicked: view.tasks.clearFinished()
        }
    }

    ListView {
        id: list
        Layout.fillWidth: true
        Layout.fillHeight: true
        clip: true
        model: view.tasks
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        keyNavigationEnabled: true
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Tasks")

        EmptyState {
            anchors.fill: parent
            visible: list.count === 0
            iconName: "list"
            title: qsTr("Nothing runs")
            text: qsTr("Cluster starts, deployments, port-forwards, logs and shells are listed here while they run.")
        }

        delegate: Item {
            id: row

            required property int taskId
            required property string title
            required property string detail
            required property string icon
            required property int taskState
            required property double progress
            required property bool cancellable
            required property int kind
            required property date started
            readonly property int look: taskState === Tasks.Failed ? ObjectState.Failing : taskState === Tasks.Done ? ObjectState.Ok
                : taskState === Tasks.Cancelled ? ObjectState.Neutral : ObjectState.Progressing

            width: list.width
            height: Theme.px(36)
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1: %2").arg(title).arg(detail)

            Rectangle {
                anchors.fill: parent
                color: row.ListView.isCurrentItem && list.activeFocus ? Theme.colors.surfaceHover : "transparent"
            }
            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: Theme.m
                anchors.rightMargin: Theme.m
                spacing: Theme.m

                Icon {
                    Layout.preferredWidth: Theme.iconSize
                    Layout.preferredHeight: Theme.iconSize
                    name: row.icon
                    color: Theme.colors.textDim
                }
                BodyText {
                    Layout.preferredWidth: Theme.px(300)
                    text: row.title
                    elide: Text.ElideMiddle
                    Accessible.ignored: true
                }
                StateGlyph {
                    Layout.preferredWidth: Theme.glyphSize
                    Layout.preferredHeight: Theme.glyphSize
                    value: row.look
                    color: Theme.stateColor(row.look)
                }
                Rectangle {
                    Layout.preferredWidth: Theme.px(90)
                    Layout.preferredHeight: Theme.xs
                    visible: row.taskState === Tasks.Running && row.progress >= 0
                    radius: height / 2
                    color: Theme.colors.surfacePressed

                    Rectangle {
                        width: parent.width * Math.max(0, row.progress)
                        height: parent.height
                        radius: height / 2
                        color: Theme.colors.accent
                    }
                }
                BodyText {
                    Layout.fillWidth: true
                    text: row.detail
                    dim: true
                    color: row.taskState === Tasks.Failed ? Theme.stateColor(ObjectState.Failing) : Theme.colors.textDim
                    Accessible.ignored: true
                }
                AgeText {
                    when: row.started
                }
                AppButton {
                    compact: true
                    visible: row.taskState === Tasks.Running && row.cancellable
                    text: row.kind === Tasks.Job ? qsTr("Cancel") : qsTr("Close")
                    explanation: row.kind === Tasks.Job ? qsTr("Cancel %1").arg(row.title) : qsTr("Close %1").arg(row.title)
                    onClicked: view.tasks.cancel(row.taskId)
                }
            }
        }
    }
}
