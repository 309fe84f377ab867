import Kates.App
import Kates.Theme

MapPalette {
    card: Theme.colors.surface
    cardBorder: Theme.colors.border
    cardAlternate: Theme.colors.ground
    text: Theme.colors.text
    textDim: Theme.colors.textDim
    track: Theme.colors.surfacePressed
    accent: Theme.colors.accent
    link: Theme.colors.borderStrong
    states: Theme.colors.states
    fontFamily: Theme.family
}
