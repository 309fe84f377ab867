import QtQuick
import QtTest
import Kates.Theme

TestCase {
    name: "Theme"

    function luminance(color: color): real {
        const linear = part => part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4)
        return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
    }

    function contrast(one: color, other: color): real {
        const a = luminance(one), b = luminance(other)
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    }

    function cleanup() {
        Theme.name = "dark"
    }

    function test_contrastIsAA_data() {
        return [{ tag: "dark" }, { tag: "light" }, { tag: "projector" }]
    }

    function test_contrastIsAA(data) {
        Theme.name = data.tag
        const c = Theme.colors
        const check = (what, ink, ground) => verify(contrast(ink, ground) >= 4.5, what + " " + contrast(ink, ground).toFixed(2))
        for (const ground of ["ground", "surface", "surfaceRaised", "surfaceHover"]) {
            check("text on " + ground, c.text, c[ground])
            check("textDim on " + ground, c.textDim, c[ground])
            check("textFaint on " + ground, c.textFaint, c[ground])
        }
        check("accentText", c.accentText, c.accent)
        check("dangerText", c.dangerText, c.danger)
        check("text on accentSoft", c.text, c.accentSoft)
        check("textDim on accentSoft", c.textDim, c.accentSoft)
        check("added", c.added, c.addedGround)
        check("removed", c.removed, c.removedGround)
        check("text on removedGround", c.text, c.removedGround)
        for (let state = 0; state < 8; ++state) {
            check("state " + state, Qt.color(c.states[state]), c.surface)
            check("state on ground " + state, Qt.color(c.states[state]), c.ground)
        }
        for (const color of c.series)
            check("series " + color, Qt.color(color), c.surface)
    }

    function test_projectorIsLarger() {
        const body = Theme.body
        Theme.name = "projector"
        verify(Theme.body > body * 1.25)
    }

    function test_stillStopsMotion() {
        Theme.still = true
        compare(Theme.normal, 0)
        Theme.still = false
        verify(Theme.normal > 0)
    }
}
