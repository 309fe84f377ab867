import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// The text itself, with highlighting and completion. What is typed lives in YamlEdit.
Flickable {
    id: editor

    required property YamlEdit edit
    required property string name

    clip: true
    boundsBehavior: Flickable.StopAtBounds
    T.ScrollBar.vertical: ThinScrollBar {}

    function takeFocus() {
        area.forceActiveFocus()
    }

    function goToLine(line: int) {
        let position = 0
        for (let i = 1; i < line; ++i)
            position = area.text.indexOf("\n", position) + 1
        area.cursorPosition = position
        area.forceActiveFocus()
    }

    T.TextArea.flickable: T.TextArea {
        id: area
        objectName: "yamlArea"

        property bool following: true // the text is being set from outside, or has not been set yet

        readOnly: !editor.edit.editing
        color: Theme.colors.text
        selectionColor: Theme.colors.accent
        selectedTextColor: Theme.colors.accentText
        font.family: Theme.monospace
        font.pixelSize: Theme.small
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.NoWrap
        selectByMouse: true
        persistentSelection: true
        padding: Theme.xs
        leftPadding: Theme.l
        Accessible.name: qsTr("YAML of %1").arg(editor.name)

        function follow() {
            if (text === editor.edit.text)
                return
            following = true
            const position = cursorPosition
            text = editor.edit.text
            cursorPosition = Math.min(position, length)
            following = false
        }
        Component.onCompleted: follow()
        onTextChanged: {
            if (following)
                return
            editor.edit.text = text
            if (/[\w]$/.test(text.slice(Math.max(0, cursorPosition - 1), cursorPosition)))
                editor.edit.complete(cursorPosition)
            else
                editor.edit.endCompletion()
        }

        function accept(choice: var) {
            const from = editor.edit.completionFrom
            const to = cursorPosition
            editor.edit.endCompletion()
            remove(from, to)
            insert(from, choice.insert)
            cursorPosition = from + choice.insert.length
        }

        Keys.onPressed: event => {
            if (event.key === Qt.Key_Space && (event.modifiers & Qt.ControlModifier)) {
                editor.edit.complete(cursorPosition)
                event.accepted = true
            } else if (menu.visible && event.key === Qt.Key_Down) {
                menu.move(1)
                event.accepted = true
            } else if (menu.visible && event.key === Qt.Key_Up) {
                menu.move(-1)
                event.accepted = true
            } else if (menu.visible && (event.key === Qt.Key_Return || event.key === Qt.Key_Tab)) {
                accept(menu.choice)
                event.accepted = true
            } else if (menu.visible && event.key === Qt.Key_Escape) {
                editor.edit.endCompletion()
                event.accepted = true
            } else if (event.key === Qt.Key_Tab && !readOnly) {
                insert(cursorPosition, "  ")
                event.accepted = true
            }
        }

        Connections {
            target: editor.edit
            function onTextChanged() {
                area.follow()
            }
        }

        YamlHighlighter {
            document: area.textDocument
            problems: editor.edit.editing ? editor.edit.problems : []
            keyColor: Theme.colors.accent
            valueColor: Theme.colors.text
            stringColor: Theme.stateColor(ObjectState.Ok)
            numberColor: Theme.stateColor(ObjectState.Waiting)
            commentColor: Theme.colors.textFaint
            problemColor: Theme.stateColor(ObjectState.Failing)
        }

        CompletionMenu {
            id: menu
            x: Math.max(0, Math.min(area.cursorRectangle.x, editor.width - width - Theme.s))
            y: area.cursorRectangle.y + area.cursorRectangle.height + Theme.xs
            visible: editor.edit.completions.length > 0 && area.activeFocus
            choices: editor.edit.completions
            onChosen: choice => area.accept(choice)
        }
    }
}
