import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// Theme and language.
IconButton {
    id: settings

    required property Preferences preferences
    readonly property var choices: [
        { "kind": "theme", "id": "system", "text": qsTr("Theme: as the system"), "icon": "system" },
        { "kind": "theme", "id": "dark", "text": qsTr("Theme: dark"), "icon": "dark" },
        { "kind": "theme", "id": "light", "text": qsTr("Theme: light"), "icon": "light" },
        { "kind": "theme", "id": "projector", "text": qsTr("Theme: projector, large type"), "icon": "projector" },
        { "kind": "language", "id": "system", "text": qsTr("Language: as the system"), "icon": "info" },
        { "kind": "language", "id": "en", "text": "Language: English", "icon": "info" },
        { "kind": "language", "id": "de", "text": "Sprache: Deutsch", "icon": "info" }
    ]

    signal themeChosen(string name)

    iconName: Theme.shown
    explanation: qsTr("Theme and language")
    onClicked: menu.visible ? menu.close() : menu.open()

    MenuPopup {
        id: menu
        x: settings.width - width
        y: settings.height + Theme.xs
        model: settings.choices
        delegate: MenuRow {
            required property var modelData

            text: modelData.text
            iconName: modelData.icon
            checked: modelData.id === (modelData.kind === "theme" ? Theme.name : settings.preferences.language)
            onClicked: {
                menu.close()
                if (modelData.kind === "theme")
                    settings.themeChosen(modelData.id)
                else
                    settings.preferences.language = modelData.id
            }
        }
    }
}
