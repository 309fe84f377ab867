import QtQuick
import QtQuick.Layouts
import Kates.App
import Kates.Components
import Kates.Theme

// A cluster that somebody else runs: where it is, how one is known to it, whether it may be changed.
Panel {
    id: card

    required property string name
    required property int value // ObjectState
    required property string statusText
    required property string problem
    required property string server
    required property string authentication
    required property string version
    required property bool readOnly
    required property bool needsConsent
    required property bool deleting
    required property string displayColor
    readonly property var authentications: ({ "ClientCertificate": qsTr("Client certificate"), "Token": qsTr("Token"),
        "ExecPlugin": qsTr("Credential plug-in"), "Basic": qsTr("Name and password"), "None": qsTr("None") })

    signal openRequested
    signal consentRequested
    signal detachRequested
    signal probeRequested

    border.color: value === ObjectState.Failing ? Theme.colors.danger : Theme.colors.border
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Remote cluster %1, %2").arg(name).arg(statusText)

    Rectangle {
        x: Theme.l
        width: parent.width - 2 * x
        height: Theme.protectionBar
        color: Theme.protectionColor(card.displayColor === "" ? "red" : card.displayColor)
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.l
        spacing: Theme.s

        RowLayout {
            spacing: Theme.s

            BodyText {
                Layout.fillWidth: true
                text: card.name
                font.pixelSize: Theme.title
                strong: true
            }
            StateBadge {
                value: card.value
                text: card.statusText
            }
        }

        Repeater {
            model: [
                { "label": qsTr("Server"), "text": card.server },
                { "label": qsTr("Known by"), "text": card.authentications[card.authentication] ?? card.authentication },
                { "label": qsTr("Version"), "text": card.version },
                { "label": qsTr("Access"), "text": card.readOnly ? qsTr("Read-only") : qsTr("Changes allowed") }
            ]

            RowLayout {
                id: fact
                required property var modelData
                visible: modelData.text !== ""
                spacing: Theme.s

                Caption {
                    Layout.preferredWidth: Theme.px(72)
                    text: fact.modelData.label
                }
                BodyText {
                    Layout.fillWidth: true
                    text: fact.modelData.text
                    font.pixelSize: Theme.small
                }
            }
        }

        ProblemNote {
            Layout.fillWidth: true
            visible: card.problem !== ""
            problem: card.problem
            fix: ""
        }

        Item {
            Layout.fillHeight: true
        }

        RowLayout {
            spacing: Theme.s

            AppButton {
                visible: !card.needsConsent && !card.deleting
                compact: true
                primary: true
                iconName: "map"
                text: qsTr("Open")
                Accessible.name: qsTr("Open %1").arg(card.name)
                onClicked: card.openRequested()
            }
            AppButton {
                visible: card.needsConsent && !card.deleting
                compact: true
                primary: true
                iconName: "terminal"
                text: qsTr("Review the command")
                onClicked: card.consentRequested()
            }
            AppButton {
                visible: !card.needsConsent && !card.deleting && card.value !== ObjectState.Ok
                compact: true
                iconName: "refresh"
                text: qsTr("Connect")
                Accessible.name: qsTr("Connect to %1").arg(card.name)
                onClicked: card.probeRequested()
            }
            Item {
                Layout.fillWidth: true
            }
            IconButton {
                iconName: "close"
                enabled: !card.deleting
                explanation: qsTr("Detach %1").arg(card.name)
                onClicked: card.detachRequested()
            }
        }
    }
}
