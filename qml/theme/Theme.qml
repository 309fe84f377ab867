pragma Singleton
import QtQuick
import Kates.App

// Every colour, size and duration of the window. Nothing else holds a literal one.
QtObject {
    id: theme

    property string name: "system" // what was chosen: system, dark, light or projector
    readonly property string shown: name !== "system" ? name : Appearance.dark ? "dark" : "light"
    readonly property ThemePalette colors: shown === "light" ? light : shown === "projector" ? projector : dark
    readonly property DarkPalette dark: DarkPalette {}
    readonly property LightPalette light: LightPalette {}
    readonly property ProjectorPalette projector: ProjectorPalette {}

    readonly property double scale: colors.typeScale
    readonly property string family: Fonts.sans
    readonly property string monospace: Fonts.monospace

    // Type sizes in pixels.
    readonly property int caption: px(11)
    readonly property int small: px(12)
    readonly property int body: px(13)
    readonly property int title: px(15)
    readonly property int heading: px(21)
    readonly property int display: px(28)

    // Distances: a grid of four.
    readonly property int hair: 1
    readonly property int xs: px(4)
    readonly property int s: px(8)
    readonly property int m: px(12)
    readonly property int l: px(16)
    readonly property int xl: px(24)
    readonly property int xxl: px(40)

    readonly property int radiusSmall: 5
    readonly property int radius: 8
    readonly property int radiusLarge: 12
    readonly property int focusWidth: 2
    readonly property int protectionFrame: 2
    readonly property int protectionBar: px(4)

    readonly property int iconSize: px(16)
    readonly property int glyphSize: px(15)
    readonly property int control: px(32)
    readonly property int controlSmall: px(26)
    readonly property int row: px(32)
    readonly property int topBar: px(52)
    readonly property int navigation: px(196)
    readonly property int navigationNarrow: px(56)
    readonly property int drawer: px(460)
    readonly property int dock: px(260)
    readonly property int dialog: px(520)
    readonly property int dialogWide: px(640)
    readonly property int menu: px(260)
    readonly property int card: px(380)
    readonly property int narrowWindow: 1100
    readonly property int windowWidth: 1280
    readonly property int windowHeight: 800
    readonly property int windowMinimumWidth: 860
    readonly property int windowMinimumHeight: 560

    // Milliseconds. `still` stops all motion: screenshots, and people who asked for reduced motion.
    property bool still: false
    readonly property int quick: still ? 0 : 110
    readonly property int normal: still ? 0 : 190
    readonly property int noticeTime: 7000
    readonly property int tooltipDelay: 500

    function px(size) {
        return Math.round(size * scale)
    }

    function stateColor(state) {
        return colors.states[state] ?? colors.textDim
    }

    // The colours that mark a cluster, by the names that Protection knows.
    function protectionColor(name) {
        return ({ "red": colors.danger, "amber": colors.states[5], "green": colors.states[0], "blue": colors.states[4],
            "violet": colors.states[3] })[name] ?? (name.startsWith("#") ? name : "transparent")
    }

    function seriesColor(index) {
        return colors.series[index % colors.series.length]
    }

    function alpha(color, opacity) {
        return Qt.rgba(color.r, color.g, color.b, opacity)
    }
}
