import QtQuick
import Kates.App
import Kates.Theme

// A kind's short name in the seven-sided shape that Kubernetes' own pictures use.
Item {
    id: badge

    required property string kind
    readonly property var shortNames: ({
        "Pod": "po", "Deployment": "dep", "ReplicaSet": "rs", "StatefulSet": "sts", "DaemonSet": "ds", "Job": "job", "CronJob": "cj",
        "Service": "svc", "Ingress": "ing", "ConfigMap": "cm", "Secret": "sec", "Namespace": "ns", "Node": "no",
        "PersistentVolumeClaim": "pvc", "PersistentVolume": "pv",
        "ServiceAccount": "sa", "Event": "ev", "Endpoints": "ep", "EndpointSlice": "eps", "Lease": "lse", "StorageClass": "sc", "NetworkPolicy": "np",
        "HorizontalPodAutoscaler": "hpa", "PodDisruptionBudget": "pdb", "CustomResourceDefinition": "crd", "Role": "ro", "RoleBinding": "rb",
        "ClusterRole": "cr", "ClusterRoleBinding": "crb", "ResourceQuota": "qta", "LimitRange": "lr"
    })

    implicitWidth: Theme.px(28)
    implicitHeight: Theme.px(28)
    Accessible.ignored: true

    Icon {
        anchors.fill: parent
        name: "heptagon"
        color: Theme.colors.accent
    }
    BodyText {
        anchors.centerIn: parent
        text: badge.shortNames[badge.kind] ?? badge.kind.replace(/[a-z]/g, "").slice(0, 3).toLowerCase()
        color: Theme.colors.accentText
        font.pixelSize: Math.round(badge.height * 0.36)
        font.weight: Font.Bold
        Accessible.ignored: true
    }
}
