import QtQuick
import QtQuick.Templates as T
import Kates.App
import Kates.Components
import Kates.Theme

// One context of a kubeconfig to choose.
T.ItemDelegate {
    id: row

    required property var context // see RemoteActions.contexts
    property bool chosen: false

    implicitHeight: column.implicitHeight + 2 * Theme.s
    hoverEnabled: true
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.RadioButton
    Accessible.checked: chosen
    Accessible.name: context.problem === "" ? qsTr("%1, server %2, user %3").arg(context.name).arg(context.server).arg(context.user)
        : qsTr("%1. %2").arg(context.name).arg(context.problem)
    Accessible.onPressAction: row.clicked()
    Keys.onReturnPressed: row.clicked()

    contentItem: Item {
        Icon {
            x: Theme.s
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.iconSize
            height: Theme.iconSize
            name: row.context.problem !== "" ? "warning" : row.context.authentication === "ExecPlugin" ? "terminal" : "link"
            color: row.context.problem !== "" ? Theme.colors.danger : Theme.colors.textDim
        }
        Column {
            id: column
            anchors.left: parent.left
            anchors.leftMargin: Theme.s + Theme.iconSize + Theme.s
            anchors.right: tick.left
            anchors.rightMargin: Theme.s
            anchors.verticalCenter: parent.verticalCenter

            BodyText {
                width: parent.width
                text: row.context.current ? qsTr("%1 (current)").arg(row.context.name) : row.context.name
                strong: true
                Accessible.ignored: true
            }
            Caption {
                width: parent.width
                text: row.context.problem !== "" ? row.context.problem : qsTr("%1 as %2").arg(row.context.server).arg(row.context.user)
                color: row.context.problem !== "" ? Theme.colors.danger : Theme.colors.textDim
                Accessible.ignored: true
            }
        }
        Icon {
            id: tick
            anchors.right: parent.right
            anchors.rightMargin: Theme.s
            anchors.verticalCenter: parent.verticalCenter
            visible: row.chosen
            width: Theme.iconSize
            height: Theme.iconSize
            name: "check"
            color: Theme.colors.accent
        }
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: row.chosen ? Theme.colors.accentSoft : row.hovered ? Theme.colors.surfaceHover : "transparent"

        FocusRing {
            shown: row.visualFocus
            anchors.margins: 0
            radius: parent.radius
        }
    }
}
