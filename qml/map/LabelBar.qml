import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// The commonest labels: what carries the one under the pointer lights up. A click keeps it.
Flow {
    id: bar

    required property MapModel map
    required property string lit
    property string kept

    signal labelLit(string label)

    layoutDirection: Qt.RightToLeft
    spacing: Theme.xs

    Repeater {
        model: bar.map ? bar.map.labels : []

        Badge {
            id: chip

            required property var modelData

            text: modelData.text + "  " + modelData.count
            tone: bar.lit === modelData.text ? Theme.colors.accent : Theme.colors.textDim
            border.width: bar.kept === modelData.text ? Theme.hair : 0
            border.color: Theme.colors.accent
            activeFocusOnTab: true
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Light %1").arg(modelData.text)
            Accessible.onPressAction: chip.keep()
            Keys.onSpacePressed: chip.keep()
            Keys.onReturnPressed: chip.keep()

            function keep() {
                bar.kept = bar.kept === modelData.text ? "" : modelData.text
                bar.labelLit(bar.kept)
            }

            FocusRing {
                shown: chip.activeFocus
                radius: height / 2
            }

            HoverHandler {
                onHoveredChanged: bar.labelLit(hovered ? chip.modelData.text : bar.kept)
            }
            TapHandler {
                onTapped: chip.keep()
            }
        }
    }
}
