import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// Which columns are shown. The choice is remembered for the kind.
AppButton {
    id: button

    required property ResourceTable table

    iconName: "list"
    text: qsTr("Columns")
    explanation: table ? qsTr("Choose the columns to show") + "\n" + table.command() : ""
    onClicked: menu.visible ? menu.close() : menu.open()

    MenuPopup {
        id: menu
        x: button.width - width
        y: button.height + Theme.xs
        model: button.table ? button.table.choices : []
        emptyText: qsTr("The server has not named its columns yet.")
        header: Column {
            width: ListView.view ? ListView.view.width : 0

            MenuRow {
                width: parent.width
                text: qsTr("All")
                checkable: true
                checked: button.table && button.table.wide
                onClicked: button.table.wide = true
            }
            MenuRow {
                width: parent.width
                text: qsTr("As the server suggests")
                onClicked: button.table.resetColumns()
            }
        }
        delegate: MenuRow {
            required property var modelData

            text: modelData.name
            checkable: true
            checked: modelData.shown
            Accessible.description: modelData.description
            onClicked: button.table.setColumnShown(modelData.name, !modelData.shown)
        }
    }
}
