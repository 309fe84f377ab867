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

    delegate: ColumnLayout {
        id: step

        required property var modelData

        width: ListView.view.width
        readonly property bool saysWhy: modelData.message !== "" && modelData.state === ObjectState.Progressing
        spacing: 0
        Accessible.role: Accessible.ListItem
        Accessible.name: qsTr("%1, %2, %3").arg(modelData.name).arg(modelData.stateText).arg(modelData.duration) + (saysWhy ? ", " + modelData.message : "")

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.s

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
        // What a step that takes long is waiting for.
        Caption {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.glyphSize + Theme.s
            visible: step.saysWhy
            text: step.modelData.message
            wrapMode: Text.Wrap
            maximumLineCount: 2
            Accessible.ignored: true
        }
    }
}
