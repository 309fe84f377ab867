import QtQuick
import Kates.Theme

// Small text beside or below something.
BodyText {
    dim: true
    font.pixelSize: Theme.caption
}
