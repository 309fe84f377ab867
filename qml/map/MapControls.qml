import QtCore
import QtQuick
import QtQuick.Dialogs
import Kates.App
import Kates.Components
import Kates.Theme

// Zoom, fit, text twin, export.
Panel {
    id: controls

    required property MapCanvas canvas
    required property MapModel map
    required property bool twinShown
    required property bool moving
    property string exportProblem

    signal twinToggled
    signal motionToggled

    readonly property point middle: Qt.point(canvas.width / 2, canvas.height / 2)

    implicitWidth: row.implicitWidth + 2 * Theme.xs
    implicitHeight: row.implicitHeight + 2 * Theme.xs
    radius: Theme.radius
    color: Theme.alpha(Theme.colors.surfaceRaised, 0.94)

    Row {
        id: row
        anchors.centerIn: parent
        spacing: 2

        IconButton {
            iconName: "minus"
            explanation: qsTr("Zoom out (−)")
            onClicked: controls.canvas.zoomBy(1 / 1.3, controls.middle)
        }
        Caption {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(40)
            horizontalAlignment: Text.AlignHCenter
            text: Math.round(controls.canvas.scaleFactor / controls.canvas.naturalScale * 100) + " %"
        }
        IconButton {
            iconName: "plus"
            explanation: qsTr("Zoom in (+)")
            onClicked: controls.canvas.zoomBy(1.3, controls.middle)
        }
        IconButton {
            iconName: "fit"
            explanation: qsTr("Show everything (0)")
            onClicked: controls.canvas.fit()
        }
        IconButton {
            iconName: "lock"
            visible: controls.map !== null && controls.map.pinCount > 0
            explanation: controls.canvas.selectedPinned ? qsTr("Unpin what is chosen (P)")
                : qsTr("Unpin all %1 (choose one to unpin only that)").arg(controls.map ? controls.map.pinCount : 0)
            onClicked: controls.map.unpin(controls.canvas.selectedPinned ? controls.canvas.selectedKey : "")
        }
        IconButton {
            iconName: "refresh"
            explanation: qsTr("Arrange anew: things keep their places until then (R)")
            onClicked: controls.map.tidy()
        }
        IconButton {
            iconName: controls.moving ? "pause" : "play"
            explanation: controls.moving ? qsTr("Turn motion off (M)") : qsTr("Turn motion on (M)")
            onClicked: controls.motionToggled()
        }
        IconButton {
            iconName: "list"
            explanation: qsTr("The same as text (T)")
            checked: controls.twinShown
            onClicked: controls.twinToggled()
        }
        IconButton {
            iconName: controls.exportProblem === "" ? "download" : "warning"
            explanation: controls.exportProblem === "" ? qsTr("Export as SVG or PNG") : controls.exportProblem
            onClicked: dialog.open()
        }
    }

    Connections {
        target: controls.canvas
        function onExported(problem) {
            controls.exportProblem = problem
        }
    }

    FileDialog {
        id: dialog
        fileMode: FileDialog.SaveFile
        currentFolder: StandardPaths.writableLocation(StandardPaths.PicturesLocation)
        nameFilters: [qsTr("SVG drawing (*.svg)"), qsTr("PNG picture (*.png)")]
        defaultSuffix: "svg"
        onAccepted: controls.canvas.exportTo(selectedFile, Theme.colors.ground)
    }
}
