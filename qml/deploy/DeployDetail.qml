import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// One document: what the server says to it, and the difference it makes.
ColumnLayout {
    id: detail

    required property DeploySession deploy
    required property int row

    property var lines: []
    property string title
    property string message
    property int value: ObjectState.Neutral
    property bool conflict: false
    property int itemId: 0

    spacing: 0
    onRowChanged: refresh()
    Component.onCompleted: refresh()

    property var item: ({})

    function refresh() {
        item = deploy.items.item(row)
        title = item.name ? item.kind + "  " + item.name : item.kind ?? ""
        message = item.message ?? ""
        value = item.state ?? ObjectState.Neutral
        conflict = item.conflict ?? false
        itemId = item.itemId ?? 0
        lines = deploy.items.diffOf(row)
    }

    Connections {
        target: detail.deploy.items
        function onDataChanged(first) {
            if (first.row === detail.row)
                detail.refresh()
        }
        function onModelReset() {
            detail.refresh()
        }
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.margins: Theme.m
        spacing: Theme.s
        visible: detail.title !== "" || detail.message !== ""

        StateGlyph {
            Layout.preferredWidth: Theme.glyphSize
            Layout.preferredHeight: Theme.glyphSize
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 2
            value: detail.value
            color: Theme.stateColor(detail.value)
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.xs

            BodyText {
                Layout.fillWidth: true
                visible: text !== ""
                text: detail.title
                strong: true
            }
            BodyText {
                Layout.fillWidth: true
                visible: text !== ""
                text: detail.message
                color: detail.value === ObjectState.Failing ? Theme.colors.danger : Theme.colors.textDim
                wrapMode: Text.Wrap
                maximumLineCount: 12
            }
        }
        AppButton {
            Layout.alignment: Qt.AlignTop
            visible: detail.conflict
            danger: true
            text: qsTr("Take these fields over")
            explanation: qsTr("Somebody else manages them. Applying with force makes them yours: kubectl apply --server-side --force-conflicts")
            onClicked: detail.deploy.forceConflict(detail.itemId)
        }
    }

    Rectangle {
        Layout.fillWidth: true
        Layout.preferredHeight: Theme.hair
        color: Theme.colors.border
    }

    DiffView {
        Layout.fillWidth: true
        Layout.fillHeight: true
        lines: detail.lines
    }
}
