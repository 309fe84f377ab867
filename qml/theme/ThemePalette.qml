import QtQuick

// The colours of one theme. Every pair of a text colour and a ground that the window uses keeps WCAG AA: tests/qml/tst_Theme.qml.
QtObject {
    required property color ground          // behind everything
    required property color surface         // pages, cards
    required property color surfaceRaised   // fields, menus, drawers
    required property color surfaceHover
    required property color surfacePressed
    required property color border
    required property color borderStrong
    required property color text
    required property color textDim
    required property color textFaint       // placeholders and captions that may be missed
    required property color accent
    required property color accentText      // on accent
    required property color accentSoft      // selected rows
    required property color danger
    required property color dangerText      // on danger
    required property color added
    required property color addedGround
    required property color removed
    required property color removedGround
    required property color shadow
    required property var states            // colours by ObjectState
    required property var series            // distinct colours: log lines by pod, charts
    required property var ansi              // the sixteen colours of a terminal
    property double typeScale: 1
    property bool dark: true
}
