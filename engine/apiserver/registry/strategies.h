// The strategies, one folder per kind (kinds that differ only a little share one). strategies.cpp says which kind uses which.
#pragma once

#include "engine/apiserver/registry/strategy.h"

namespace kates::apiserver {

const Strategy& podStrategy();
const Strategy& podTemplateStrategy();
const Strategy& serviceStrategy();
const Strategy& deploymentStrategy();
const Strategy& replicaSetStrategy(); // and ReplicationController, whose selector is a plain map
const Strategy& statefulSetStrategy();
const Strategy& daemonSetStrategy();
const Strategy& jobStrategy();
const Strategy& cronJobStrategy();
const Strategy& configMapStrategy();
const Strategy& secretStrategy();
const Strategy& namespaceStrategy();
const Strategy& nodeStrategy();
const Strategy& leaseStrategy();
const Strategy& eventStrategy();
const Strategy& endpointsStrategy();
const Strategy& endpointSliceStrategy();
const Strategy& ingressStrategy();
const Strategy& networkPolicyStrategy();
const Strategy& podDisruptionBudgetStrategy();
const Strategy& roleStrategy();        // Role and ClusterRole
const Strategy& roleBindingStrategy(); // RoleBinding and ClusterRoleBinding
const Strategy& horizontalPodAutoscalerStrategy();
const Strategy& persistentVolumeStrategy();
const Strategy& persistentVolumeClaimStrategy();
const Strategy& storageClassStrategy();
const Strategy& priorityClassStrategy();
const Strategy& customResourceDefinitionStrategy();
const Strategy& clusterStrategy(); // of the engine
const Strategy& remoteClusterStrategy();
const Strategy& machineStrategy();

} // namespace kates::apiserver
