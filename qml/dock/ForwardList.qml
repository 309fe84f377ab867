import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The port-forwards of the cluster: those that run and those of earlier.
Item {
    id: view

    required property PortForwards forwards

    function focusList() {
        list.forceActiveFocus()
    }

    EmptyState {
        anchors.fill: parent
        visible: list.count === 0
        iconName: "link"
        title: qsTr("No port is forwarded")
        text: qsTr("Open a pod, a Service or a workload and choose Forward: a port of it then answers on this computer.")
    }

    ListView {
        id: list
        anchors.fill: parent
        clip: true
        model: view.forwards
        boundsBehavior: Flickable.StopAtBounds
        activeFocusOnTab: true
        keyNavigationEnabled: true
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Port-forwards")

        delegate: Item {
            id: row

            required property int index
            required property string title
            required property int port
            required property string url
            required property int phase
            required property string detail
            required property string problem
            required property int connections
            required property double total
            required property string command
            readonly property bool on: phase === PortForwards.Ready || phase === PortForwards.Waiting || phase === PortForwards.Starting
            readonly property int look: phase === PortForwards.Ready ? ObjectState.Ok : phase === PortForwards.Failed ? ObjectState.Failing
                : phase === PortForwards.Stopped ? ObjectState.Neutral : ObjectState.Waiting

            width: list.width
            height: Theme.px(44)
            Accessible.role: Accessible.ListItem
            Accessible.name: qsTr("%1, port %2: %3").arg(title).arg(port).arg(detail)

            Rectangle {
                anchors.fill: parent
                color: row.ListView.isCurrentItem && list.activeFocus ? Theme.colors.surfaceHover : "transparent"
            }
            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: Theme.m
                anchors.rightMargin: Theme.m
                spacing: Theme.m

                StateGlyph {
                    Layout.preferredWidth: Theme.glyphSize
                    Layout.preferredHeight: Theme.glyphSize
                    value: row.look
                    color: Theme.stateColor(row.look)
                }
                ColumnLayout {
                    Layout.preferredWidth: Theme.px(280)
                    Layout.maximumWidth: Theme.px(280)
                    spacing: 0

                    BodyText {
                        Layout.fillWidth: true
                        text: qsTr("%1, port %2").arg(row.title).arg(row.port)
                        elide: Text.ElideMiddle
                        Accessible.ignored: true
                    }
                    Caption {
                        Layout.fillWidth: true
                        text: qsTr("%n connection(s) open", "", row.connections) + qsTr(", %1 so far").arg(row.total)
                        visible: row.phase === PortForwards.Ready || row.phase === PortForwards.Waiting
                        Accessible.ignored: true
                    }
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    BodyText {
                        Layout.fillWidth: true
                        text: row.detail
                        dim: true
                        color: row.phase === PortForwards.Failed ? Theme.stateColor(ObjectState.Failing) : Theme.colors.textDim
                        Accessible.ignored: true
                    }
                    Caption {
                        Layout.fillWidth: true
                        visible: row.problem !== ""
                        text: qsTr("Last connection: %1").arg(row.problem)
                        color: Theme.stateColor(ObjectState.Failing)
                    }
                }
                IconButton {
                    visible: row.url !== "" && row.on
                    iconName: "copy"
                    explanation: qsTr("Copy %1").arg(row.url)
                    onClicked: view.forwards.copyUrl(row.index)
                }
                AppButton {
                    visible: row.url !== "" && row.on
                    compact: true
                    iconName: "link"
                    text: qsTr("Open")
                    explanation: row.url
                    onClicked: view.forwards.open(row.index)
                }
                AppButton {
                    compact: true
                    iconName: row.on ? "stop" : "play"
                    text: row.on ? qsTr("Stop") : qsTr("Start")
                    explanation: row.command
                    onClicked: row.on ? view.forwards.stop(row.index) : view.forwards.start(row.index)
                }
                IconButton {
                    iconName: "trash"
                    explanation: qsTr("Forget this forward")
                    onClicked: view.forwards.remove(row.index)
                }
            }
        }
    }
}
