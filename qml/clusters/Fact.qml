import QtQuick
import Kates.Components
import Kates.Theme

// A number and what it counts.
Column {
    id: fact

    required property int value
    required property string label

    Accessible.role: Accessible.StaticText
    Accessible.name: value + " " + label

    BodyText {
        text: fact.value
        font.pixelSize: Theme.display
        font.weight: Font.Medium
        font.letterSpacing: -0.5
        Accessible.ignored: true
    }
    Caption {
        text: fact.label
        Accessible.ignored: true
    }
}
