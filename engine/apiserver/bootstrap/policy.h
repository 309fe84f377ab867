// The built-in ClusterRoles and the bindings that give them to components, nodes and everybody. Ordinary objects: visible, and changeable by an
// administrator.
#pragma once

#include <vector>

#include "engine/api/value.h"

namespace kates::apiserver {

[[nodiscard]] std::vector<api::Value> builtInClusterRoles();
[[nodiscard]] std::vector<api::Value> builtInClusterRoleBindings();

} // namespace kates::apiserver
