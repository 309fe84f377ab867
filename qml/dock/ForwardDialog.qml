import QtQuick
import Kates.App
import Kates.Components
import Kates.Theme

// Which port of an object, and which one here.
Sheet {
    id: sheet

    required property Dock dock
    property string what
    property var choices: []
    readonly property int port: Number(portBox.text)
    readonly property int localPort: localBox.text === "" ? 0 : Number(localBox.text)
    readonly property bool valid: port >= 1 && port <= 65535 && localPort >= 0 && localPort <= 65535 && Number.isInteger(port)
        && Number.isInteger(localPort)

    title: qsTr("Forward a port of %1").arg(what)

    function ask(object: string, ports: var) {
        what = object
        choices = ports
        portBox.text = ports.length > 0 ? ports[0].port : ""
        localBox.text = ""
        open()
        portBox.forceActiveFocus()
    }
    function begin() {
        if (!valid)
            return
        sheet.close()
        sheet.dock.startForward(port, localPort)
    }

    BodyText {
        width: parent.width
        wrapMode: Text.Wrap
        dim: true
        text: qsTr("Programs on this computer then reach it at 127.0.0.1. Of a Service or a workload a ready pod is used, and another one when that goes.")
    }
    Row {
        spacing: Theme.s
        visible: sheet.choices.length > 1

        Repeater {
            model: sheet.choices

            AppButton {
                required property var modelData

                compact: true
                text: modelData.name !== "" ? qsTr("%1 (%2)").arg(modelData.port).arg(modelData.name) : modelData.port
                onClicked: portBox.text = modelData.port
            }
        }
    }
    Row {
        spacing: Theme.m

        Column {
            spacing: Theme.xs

            Caption {
                text: qsTr("Its port")
            }
            TextBox {
                id: portBox
                objectName: "forwardPort"
                width: Theme.px(140)
                label: qsTr("Its port")
                placeholderText: "80"
                inputMethodHints: Qt.ImhDigitsOnly
                wrong: text !== "" && !(sheet.port >= 1 && sheet.port <= 65535)
                onAccepted: sheet.begin()
            }
        }
        Column {
            spacing: Theme.xs

            Caption {
                text: qsTr("Port on this computer")
            }
            TextBox {
                id: localBox
                objectName: "forwardLocalPort"
                width: Theme.px(220)
                label: qsTr("Port on this computer")
                placeholderText: qsTr("any that is free")
                inputMethodHints: Qt.ImhDigitsOnly
                wrong: !(sheet.localPort >= 0 && sheet.localPort <= 65535)
                onAccepted: sheet.begin()
            }
        }
    }
    CommandHint {
        width: parent.width
        command: sheet.valid && sheet.dock ? sheet.dock.forwardCommand(sheet.port, sheet.localPort) : ""
    }

    buttons: [
        AppButton {
            text: qsTr("Cancel")
            onClicked: sheet.close()
        },
        AppButton {
            primary: true
            enabled: sheet.valid
            text: qsTr("Forward")
            onClicked: sheet.begin()
        }
    ]
}
