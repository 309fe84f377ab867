import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// Takes manifests dropped anywhere on the window: files, folders or text.
DropArea {
    id: catcher

    required property DeploySession deploy

    onEntered: drag => {
        if (!drag.hasUrls && !drag.hasText)
            drag.accepted = false
    }
    onDropped: drop => {
        if (drop.hasUrls)
            deploy.openFiles(drop.urls)
        else if (drop.hasText)
            deploy.openText(drop.text)
        drop.accept(Qt.CopyAction)
    }

    Rectangle {
        anchors.fill: parent
        visible: catcher.containsDrag
        color: Theme.alpha(Theme.colors.ground, 0.86)

        Rectangle {
            anchors.fill: parent
            anchors.margins: Theme.xl
            color: Theme.alpha(Theme.colors.accent, 0.08)
            radius: Theme.radiusLarge
            border.width: Theme.focusWidth
            border.color: Theme.colors.accent
        }
        EmptyState {
            anchors.fill: parent
            iconName: "deploy"
            title: qsTr("Drop to see what it would change")
            text: qsTr("Nothing is applied before you say so.")
        }
    }
}
