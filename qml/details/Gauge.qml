import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// What is wanted and what there is.
ColumnLayout {
    id: gauge

    required property string label
    required property int desired
    required property int observed

    readonly property int value: observed >= desired ? ObjectState.Ok : ObjectState.Progressing

    spacing: Theme.xs
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("%1: %2 of %3").arg(label).arg(observed).arg(desired)

    RowLayout {
        BodyText {
            Layout.fillWidth: true
            text: gauge.label
            Accessible.ignored: true
        }
        BodyText {
            text: gauge.observed + " / " + gauge.desired
            strong: true
            color: Theme.stateColor(gauge.value)
            Accessible.ignored: true
        }
    }
    Rectangle {
        Layout.fillWidth: true
        implicitHeight: Theme.px(6)
        radius: height / 2
        color: Theme.colors.surfacePressed

        Rectangle {
            height: parent.height
            radius: parent.radius
            width: parent.width * (gauge.desired > 0 ? Math.min(1, gauge.observed / gauge.desired) : 1)
            color: Theme.stateColor(gauge.value)

            Behavior on width {
                NumberAnimation {
                    duration: Theme.normal
                }
            }
        }
    }
}
