// Which pods go first when there are too many.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/loop.h"

namespace kates::controllers {

constexpr std::string_view kPodDeletionCost = "controller.kubernetes.io/pod-deletion-cost";

// The `count` pods to delete, in upstream's order of preference: not assigned to a node; Pending, then Unknown; not ready; lower pod-deletion-cost;
// on a node with more of the related pods; ready for a shorter time (by powers of two); more restarts; younger. `activeByNode` counts the related
// pods (those of the same deployment) by node.
std::vector<api::Value> podsToDelete(
    std::vector<api::Value> pods, std::size_t count, const std::unordered_map<std::string, int>& activeByNode, WallTime now);

} // namespace kates::controllers
