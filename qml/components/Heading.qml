import QtQuick
import Kates.Theme

BodyText {
    font.pixelSize: Theme.heading
    font.weight: Font.DemiBold
    font.letterSpacing: -0.3
    Accessible.role: Accessible.Heading
}
