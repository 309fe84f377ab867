import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// A sentence about why something is as it is, in the colour of its state.
Rectangle {
    id: note

    required property string text
    required property int value

    readonly property bool bad: value === ObjectState.Failing

    implicitHeight: label.implicitHeight + 2 * Theme.m
    radius: Theme.radius
    color: bad ? Theme.colors.removedGround : Theme.colors.surfaceHover

    BodyText {
        id: label
        x: Theme.m
        y: Theme.m
        width: parent.width - 2 * Theme.m
        wrapMode: Text.Wrap
        text: note.text
        color: note.bad ? Theme.colors.removed : Theme.colors.text
    }
}
