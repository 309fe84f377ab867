#include "engine/apiserver/registry/strategies.h"

#include <unordered_map>

namespace kates::apiserver {

namespace {

using Table = std::unordered_map<std::string, const Strategy*>; // by groupKind()

const Table& table()
{
    static const Table strategies {
        {"Pod", &podStrategy()},
        {"PodTemplate", &podTemplateStrategy()},
        {"Service", &serviceStrategy()},
        {"ReplicationController", &replicaSetStrategy()},
        {"ConfigMap", &configMapStrategy()},
        {"Secret", &secretStrategy()},
        {"Namespace", &namespaceStrategy()},
        {"Node", &nodeStrategy()},
        {"Event", &eventStrategy()},
        {"Event.events.k8s.io", &eventStrategy()},
        {"Endpoints", &endpointsStrategy()},
        {"PersistentVolume", &persistentVolumeStrategy()},
        {"PersistentVolumeClaim", &persistentVolumeClaimStrategy()},
        {"Deployment.apps", &deploymentStrategy()},
        {"ReplicaSet.apps", &replicaSetStrategy()},
        {"StatefulSet.apps", &statefulSetStrategy()},
        {"DaemonSet.apps", &daemonSetStrategy()},
        {"Job.batch", &jobStrategy()},
        {"CronJob.batch", &cronJobStrategy()},
        {"HorizontalPodAutoscaler.autoscaling", &horizontalPodAutoscalerStrategy()},
        {"Lease.coordination.k8s.io", &leaseStrategy()},
        {"EndpointSlice.discovery.k8s.io", &endpointSliceStrategy()},
        {"Ingress.networking.k8s.io", &ingressStrategy()},
        {"NetworkPolicy.networking.k8s.io", &networkPolicyStrategy()},
        {"PodDisruptionBudget.policy", &podDisruptionBudgetStrategy()},
        {"Role.rbac.authorization.k8s.io", &roleStrategy()},
        {"ClusterRole.rbac.authorization.k8s.io", &roleStrategy()},
        {"RoleBinding.rbac.authorization.k8s.io", &roleBindingStrategy()},
        {"ClusterRoleBinding.rbac.authorization.k8s.io", &roleBindingStrategy()},
        {"StorageClass.storage.k8s.io", &storageClassStrategy()},
        {"PriorityClass.scheduling.k8s.io", &priorityClassStrategy()},
        {"CustomResourceDefinition.apiextensions.k8s.io", &customResourceDefinitionStrategy()},
        {"Cluster.engine.kates.dev", &clusterStrategy()},
        {"RemoteCluster.engine.kates.dev", &remoteClusterStrategy()},
        {"Machine.engine.kates.dev", &machineStrategy()},
    };
    return strategies;
}

} // namespace

const Strategy& strategyFor(const api::KindDescription& kind)
{
    static const Strategy plain;
    const auto found = table().find(kind.groupKind());
    return found == table().end() ? plain : *found->second;
}

} // namespace kates::apiserver
