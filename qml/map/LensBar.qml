import QtQuick
import Kates.Components
import Kates.Theme

// Which way of looking at the cluster.
Panel {
    id: bar

    required property string lens

    signal chosen(string lens)

    readonly property var lenses: ["clusters", "placement", "apps", "control"]

    implicitWidth: strip.implicitWidth + 2 * Theme.xs
    implicitHeight: strip.implicitHeight + Theme.xs
    radius: Theme.radius
    color: Theme.alpha(Theme.colors.surfaceRaised, 0.94)

    TabStrip {
        id: strip
        anchors.centerIn: parent
        names: [qsTr("All clusters"), qsTr("Placement"), qsTr("Apps"), qsTr("Control plane")]
        current: bar.lenses.indexOf(bar.lens)
        onChosen: index => bar.chosen(bar.lenses[index])
    }
}
