// What the Clusters page reads from a Cluster of engine.kates.dev/v1alpha1.
#pragma once

#include <vector>

#include "app/connection/api_request.h"
#include "app/models/object_list_model.h"
#include "app/objects/object_state.h"

namespace kates::app {

[[nodiscard]] ResourceRef clustersResource();
[[nodiscard]] ResourceRef machinesResource();

[[nodiscard]] StateAndText clusterStatus(const api::Value& cluster);
// Roles: name, state, statusText, problem, fix, running, busy, deleting, masters, nodes, simulatedNodes, nodesReady, nodesTotal, endpoint, created,
// steps. A step is a map {name, state, stateText, duration, startedAt, message, fix}; duration is "" until it has finished.
[[nodiscard]] std::vector<ObjectListModel::Role> clusterRoles();

// Roles of the processes of all clusters: name, cluster, role, phase, message, cpuMilli, memoryBytes, restarts.
[[nodiscard]] std::vector<ObjectListModel::Role> machineRoles();

} // namespace kates::app
