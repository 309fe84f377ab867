import QtQuick

// The keys that work everywhere. Those without a modifier leave text fields alone: a field takes them first.
Item {
    id: keys

    signal paletteRequested(string text)
    signal pageRequested(string name)
    signal backRequested
    signal filterRequested
    signal protectionRequested
    signal keysRequested

    Shortcut {
        sequences: ["Ctrl+K"]
        context: Qt.ApplicationShortcut
        onActivated: keys.paletteRequested("")
    }
    Shortcut {
        sequences: [":"]
        onActivated: keys.paletteRequested(":")
    }
    Shortcut {
        sequences: ["/"]
        onActivated: keys.filterRequested()
    }
    Shortcut {
        sequences: ["?"]
        onActivated: keys.keysRequested()
    }
    Shortcut {
        sequences: ["Ctrl+L"]
        onActivated: keys.protectionRequested()
    }
    Shortcut {
        sequences: ["Escape"]
        onActivated: keys.backRequested()
    }
    Shortcut {
        sequences: ["Ctrl+1"]
        onActivated: keys.pageRequested("clusters")
    }
    Shortcut {
        sequences: ["Ctrl+2"]
        onActivated: keys.pageRequested("map")
    }
    Shortcut {
        sequences: ["Ctrl+3"]
        onActivated: keys.pageRequested("resources")
    }
    Shortcut {
        sequences: ["Ctrl+4"]
        onActivated: keys.pageRequested("deploy")
    }
}
