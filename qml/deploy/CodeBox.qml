import QtQuick
import QtQuick.Templates as T
import Kates.Components
import Kates.Theme

// Several lines of text in the fixed-width type, to edit or only to read.
Panel {
    id: box

    property string text
    property bool readOnly: false
    property string label
    property string placeholder

    signal pasting(var event) // a key event, which may be accepted

    function take() {
        editor.forceActiveFocus()
    }

    onTextChanged: {
        if (editor.text !== text)
            editor.text = text
    }
    color: readOnly ? Theme.colors.ground : Theme.colors.surface
    border.color: editor.activeFocus ? Theme.colors.accent : Theme.colors.border

    Flickable {
        id: scroll
        anchors.fill: parent
        anchors.margins: Theme.m
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ThinScrollBar {}

        T.TextArea.flickable: T.TextArea {
            id: editor
            readOnly: box.readOnly
            onTextChanged: {
                if (box.text !== text)
                    box.text = text
            }
            color: Theme.colors.text
            selectionColor: Theme.colors.accent
            selectedTextColor: Theme.colors.accentText
            font.family: Theme.monospace
            font.pixelSize: Theme.body
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.NoWrap
            selectByMouse: true
            Accessible.name: box.label
            Keys.onPressed: event => {
                if (event.matches(StandardKey.Paste))
                    box.pasting(event)
            }
        }
    }
    BodyText {
        anchors.fill: scroll
        verticalAlignment: Text.AlignTop
        visible: editor.length === 0
        color: Theme.colors.textFaint
        code: true
        text: box.placeholder
        Accessible.ignored: true
    }
}
