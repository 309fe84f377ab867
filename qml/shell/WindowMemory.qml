import QtQuick
import Kates.App

// Remembers where the user was: window size, page with its lens, cluster.
Item {
    id: memory

    required property Preferences preferences
    required property string page
    required property string lens
    required property string clusterName
    required property size windowSize
    property bool active: true

    readonly property string place: page === "map" ? page + ":" + lens : page

    onPlaceChanged: {
        if (active)
            preferences.setPage(place)
    }
    onClusterNameChanged: {
        // An engine that goes away closes nothing; a cluster that is deleted does, and is forgotten.
        if (active)
            preferences.setCluster(clusterName)
    }
    onWindowSizeChanged: {
        if (active)
            settle.restart()
    }

    // A window that is being resized changes many times.
    Timer {
        id: settle
        interval: 400
        onTriggered: memory.preferences.setWindowSize(memory.windowSize)
    }
}
