import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The steps of a start as they happen: glyph, name, time.
ListView {
    id: list

    required property var steps

    model: steps
    clip: true
    spacing: Theme.xs
    boundsBehavior: Flickable.StopAtBounds
    T.ScrollBar.vertical: ThinScrollBar {}
    onCountChanged: positionViewAtEnd()

    delegate: RowLayout {
        id: step

        required property var modelData

        width: ListView.view.width
        spacing: Theme.s
        Accessible.role: Accessible.ListItem
        Accessible.name: modelData.name + ", " + modelData.stateText + ", " + modelData.duration

        StateGlyph {
            Layout.preferredWidth: Theme.glyphSize
            Layout.preferredHeight: Theme.glyphSize
            value: step.modelData.state
            color: Theme.stateColor(step.modelData.state)
        }
        BodyText {
            Layout.fillWidth: true
            text: step.modelData.name
            font.pixelSize: Theme.small
            dim: step.modelData.state === ObjectState.Neutral
            Accessible.ignored: true
        }
        Caption {
            text: step.modelData.state === ObjectState.Progressing ? qsTr("running") : step.modelData.duration
            Accessible.ignored: true
        }
    }
}
