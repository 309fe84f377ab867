import QtQuick
import QtQuick.Templates as T
import Kates.Components
import Kates.Theme

// What could be typed here: names, their types, and a sentence about each. The keyboard stays with the text.
Rectangle {
    id: menu

    required property var choices // see YamlEdit.completions
    readonly property var choice: choices[list.currentIndex] ?? null

    signal chosen(var choice)

    function move(by: int) {
        list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex + by))
    }

    z: 1
    width: Theme.card
    height: Math.min(list.contentHeight, Theme.px(190)) + about.height + 2 * Theme.xs
    radius: Theme.radiusSmall
    color: Theme.colors.surfaceRaised
    border.width: Theme.hair
    border.color: Theme.colors.borderStrong
    onChoicesChanged: list.currentIndex = 0

    ListView {
        id: list
        x: Theme.xs
        y: Theme.xs
        width: parent.width - 2 * Theme.xs
        height: parent.height - about.height - 2 * Theme.xs
        clip: true
        model: menu.choices
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ThinScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("What fits here")

        delegate: Rectangle {
            id: row

            required property int index
            required property var modelData

            width: ListView.view.width
            height: Theme.px(24)
            radius: Theme.radiusSmall
            color: ListView.isCurrentItem ? Theme.colors.accentSoft : "transparent"
            Accessible.role: Accessible.ListItem
            Accessible.name: modelData.text + " " + modelData.type

            BodyText {
                x: Theme.s
                height: parent.height
                width: parent.width - type.implicitWidth - 3 * Theme.s
                code: true
                font.pixelSize: Theme.small
                font.weight: row.modelData.required ? Font.DemiBold : Font.Normal
                text: row.modelData.text
                Accessible.ignored: true
            }
            Caption {
                id: type
                anchors.right: parent.right
                anchors.rightMargin: Theme.s
                height: parent.height
                text: row.modelData.required ? qsTr("%1, required").arg(row.modelData.type) : row.modelData.type
                Accessible.ignored: true
            }
            TapHandler {
                onTapped: menu.chosen(row.modelData)
            }
        }
    }
    Caption {
        id: about
        anchors.bottom: parent.bottom
        x: Theme.m
        width: parent.width - 2 * Theme.m
        visible: text !== ""
        height: visible ? implicitHeight + Theme.s : 0
        text: menu.choice ? menu.choice.about : ""
        wrapMode: Text.Wrap
        maximumLineCount: 3
    }
}
