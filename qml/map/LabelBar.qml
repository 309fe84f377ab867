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
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Light %1").arg(modelData.text)

            HoverHandler {
                onHoveredChanged: bar.labelLit(hovered ? chip.modelData.text : bar.kept)
            }
            TapHandler {
                onTapped: {
                    bar.kept = bar.kept === chip.modelData.text ? "" : chip.modelData.text
                    bar.labelLit(bar.kept)
                }
            }
        }
    }
}
