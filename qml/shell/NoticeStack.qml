import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// Short messages at the lower right. Problems stay until they are dismissed.
Column {
    id: stack

    required property Notices notices

    spacing: Theme.s
    width: Theme.card

    Repeater {
        model: stack.notices

        Panel {
            id: notice

            required property int level
            required property string title
            required property string detail
            required property int serial
            readonly property int tone: level === Notices.Problem ? ObjectState.Failing
                : level === Notices.Success ? ObjectState.Ok : ObjectState.Neutral

            width: stack.width
            height: column.implicitHeight + 2 * Theme.m
            color: Theme.colors.surfaceRaised
            border.color: Theme.stateColor(tone)
            radius: Theme.radius
            Accessible.role: Accessible.AlertMessage
            Accessible.name: title + ". " + detail

            Timer {
                running: notice.level !== Notices.Problem
                interval: Theme.noticeTime
                onTriggered: stack.notices.dismiss(notice.serial)
            }

            StateGlyph {
                x: Theme.m
                y: Theme.m
                width: Theme.glyphSize
                height: Theme.glyphSize
                value: notice.tone
                color: Theme.stateColor(notice.tone)
            }
            ColumnLayout {
                id: column
                x: Theme.m + Theme.glyphSize + Theme.s
                y: Theme.m
                width: parent.width - x - Theme.xxl
                spacing: Theme.xs

                BodyText {
                    Layout.fillWidth: true
                    text: notice.title
                    wrapMode: Text.Wrap
                    strong: true
                }
                BodyText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: notice.detail
                    wrapMode: Text.Wrap
                    maximumLineCount: 6
                    dim: true
                    font.pixelSize: Theme.small
                }
            }
            IconButton {
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.s
                iconName: "close"
                explanation: qsTr("Dismiss")
                onClicked: stack.notices.dismiss(notice.serial)
            }
        }
    }
}
