import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// What the glyphs mean, with how many pods are in each state.
Panel {
    id: legend

    required property MapModel map
    readonly property bool terse: room < Theme.px(640) // only glyphs and numbers
    property string hint // what else the picture says
    required property real room // the width that may be used

    readonly property var counts: map ? map.stateCounts : []
    readonly property var entries: [
        { state: ObjectState.Ok, text: qsTr("running") },
        { state: ObjectState.Progressing, text: qsTr("starting") },
        { state: ObjectState.Waiting, text: qsTr("waiting") },
        { state: ObjectState.Failing, text: qsTr("failing") },
        { state: ObjectState.Terminating, text: qsTr("terminating") },
        { state: ObjectState.Done, text: qsTr("completed") },
        { state: ObjectState.Unknown, text: qsTr("unknown") }
    ]

    implicitWidth: row.implicitWidth + 2 * Theme.m
    implicitHeight: row.implicitHeight + 2 * Theme.s
    radius: Theme.radius
    color: Theme.alpha(Theme.colors.surfaceRaised, 0.94)

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.m

        Row {
            id: states
            spacing: Theme.m

            Repeater {
                model: legend.entries

                Row {
                    id: entry

                    required property var modelData
                    readonly property int count: legend.counts[modelData.state] ?? 0

                    spacing: Theme.xs
                    visible: count > 0
                    Accessible.role: Accessible.StaticText
                    Accessible.name: count + " " + modelData.text

                    StateGlyph {
                        anchors.verticalCenter: parent.verticalCenter
                        width: Theme.glyphSize
                        height: Theme.glyphSize
                        value: entry.modelData.state
                        color: Theme.stateColor(entry.modelData.state)
                    }
                    Caption {
                        anchors.verticalCenter: parent.verticalCenter
                        text: legend.terse ? entry.count : entry.count + " " + entry.modelData.text
                        Accessible.ignored: true
                    }
                }
            }
        }

        Caption {
            id: hint
            anchors.verticalCenter: parent.verticalCenter
            visible: legend.hint !== "" && legend.room > states.implicitWidth + implicitWidth + 3 * Theme.m
            text: legend.hint
            color: Theme.colors.textDim
        }
    }
}
