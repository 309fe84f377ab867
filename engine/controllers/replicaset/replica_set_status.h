// The status of a replica set, from the pods that it owns: a pure function.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/loop.h"

namespace kates::controllers {

// `pods` are those it owns that are neither Succeeded nor Failed; those being deleted count only as terminating. `failure`: {reason, message} of
// the ReplicaFailure condition.
api::Value replicaSetStatus(const api::Value& replicaSet, const std::vector<api::Value>& pods,
    const std::optional<std::pair<std::string, std::string>>& failure, WallTime now);

} // namespace kates::controllers
