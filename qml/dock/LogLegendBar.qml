import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// Where the lines come from, each in its colour. A click switches one off or on, a double click leaves it alone.
RowLayout {
    id: bar

    required property LogLegend legend

    spacing: Theme.s

    ListView {
        id: entries
        Layout.fillWidth: true
        implicitHeight: Theme.controlSmall
        orientation: ListView.Horizontal
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        spacing: Theme.xs
        model: bar.legend
        activeFocusOnTab: true
        keyNavigationEnabled: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Where the lines come from")
        Keys.onSpacePressed: bar.legend.toggle(currentIndex)
        Keys.onReturnPressed: bar.legend.showOnly(currentIndex)

        delegate: T.AbstractButton {
            id: entry

            required property int index
            required property string name
            required property bool shown
            required property int state
            readonly property color ink: shown ? Theme.seriesColor(index) : Theme.colors.textFaint

            implicitWidth: row.implicitWidth + Theme.m
            implicitHeight: Theme.px(22)
            hoverEnabled: true
            onClicked: bar.legend.toggle(index)
            onDoubleClicked: bar.legend.showOnly(index)
            Accessible.role: Accessible.CheckBox
            Accessible.name: name
            Accessible.checkable: true
            Accessible.checked: shown
            Accessible.description: state === LogLegend.Ended ? qsTr("Has ended") : state === LogLegend.Broken ? qsTr("Is interrupted") : ""
            Accessible.onPressAction: entry.clicked()

            contentItem: Item {
                Row {
                    id: row
                    anchors.centerIn: parent
                    spacing: Theme.xs

                    Rectangle {
                        anchors.verticalCenter: parent.verticalCenter
                        width: Theme.px(9)
                        height: Theme.px(9)
                        radius: 2
                        color: entry.shown ? entry.ink : "transparent"
                        border.width: Theme.hair
                        border.color: entry.ink
                    }
                    Caption {
                        anchors.verticalCenter: parent.verticalCenter
                        code: true
                        text: entry.name
                        color: entry.ink
                        font.strikeout: !entry.shown
                        Accessible.ignored: true
                    }
                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        visible: entry.state !== LogLegend.Reading
                        width: Theme.px(12)
                        height: Theme.px(12)
                        name: entry.state === LogLegend.Broken ? "warning" : "stop"
                        color: entry.ink
                    }
                }
            }
            background: Rectangle {
                radius: Theme.radiusSmall
                color: entry.hovered ? Theme.colors.surfaceHover : "transparent"
                border.width: entry.ListView.isCurrentItem && entries.activeFocus ? Theme.focusWidth : 0
                border.color: Theme.colors.accent
            }
            Tip {
                shown: entry.hovered
                text: entry.state === LogLegend.Ended ? qsTr("%1 has ended. A double click leaves only this one.").arg(entry.name)
                    : entry.state === LogLegend.Broken ? qsTr("%1 is interrupted. A double click leaves only this one.").arg(entry.name)
                    : qsTr("Switch %1 off or on. A double click leaves only this one.").arg(entry.name)
            }
        }
    }
    AppButton {
        visible: bar.legend !== null && bar.legend.hiddenCount > 0
        compact: true
        text: qsTr("Show all")
        onClicked: bar.legend.showAll()
    }
}
