import QtQuick
import Kates.Theme

// A raised area with a hairline border.
Rectangle {
    color: Theme.colors.surface
    border.width: Theme.hair
    border.color: Theme.colors.border
    radius: Theme.radiusLarge
}
