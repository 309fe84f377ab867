import QtQuick
import Kates.Theme

// The heading of a part of a page or drawer.
BodyText {
    font.pixelSize: Theme.caption
    font.weight: Font.DemiBold
    font.letterSpacing: 0.4
    font.capitalization: Font.AllUppercase
    color: Theme.colors.textFaint
    Accessible.role: Accessible.Heading
}
