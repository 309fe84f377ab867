import QtQuick
import QtQuick.Layouts
import Kates.Components
import Kates.Theme

// Keys and values, one below the other.
ColumnLayout {
    id: list

    required property var pairs // {key, value, code}

    spacing: Theme.xs

    Repeater {
        model: list.pairs

        RowLayout {
            id: pair

            required property var modelData

            Layout.fillWidth: true
            spacing: Theme.m

            BodyText {
                Layout.preferredWidth: Theme.px(150)
                Layout.minimumWidth: Theme.px(150)
                Layout.alignment: Qt.AlignTop
                text: pair.modelData.key
                dim: true
                font.pixelSize: Theme.small
                elide: Text.ElideMiddle
            }
            BodyText {
                Layout.fillWidth: true
                text: pair.modelData.value
                code: pair.modelData.code === true
                font.pixelSize: Theme.small
                wrapMode: Text.WrapAnywhere
                maximumLineCount: 6
            }
        }
    }
}
