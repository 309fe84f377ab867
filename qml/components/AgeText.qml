import QtQuick

// How long ago something was, kept up to date while it is shown.
Caption {
    id: age

    required property date when
    property date now: new Date()

    text: isNaN(when.getTime()) ? "" : describe(Math.max(0, Math.floor((now.getTime() - when.getTime()) / 1000)))

    // As kubectl: 90s, 5m, 3h, 2d.
    function describe(seconds: real): string {
        if (seconds < 120)
            return Math.floor(seconds) + "s"
        if (seconds < 3 * 3600)
            return Math.floor(seconds / 60) + "m"
        if (seconds < 48 * 3600)
            return Math.floor(seconds / 3600) + "h"
        return Math.floor(seconds / 86400) + "d"
    }

    Timer {
        interval: age.now.getTime() - age.when.getTime() < 120000 ? 1000 : 20000
        running: age.visible
        repeat: true
        triggeredOnStart: true
        onTriggered: age.now = new Date()
    }
}
