// How many pods of a PodDisruptionBudget may be evicted now: pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/loop.h"

namespace kates::controllers {

constexpr Duration kEvictionTimeout = std::chrono::minutes(2); // an eviction that was allowed and has not been seen by then did not happen

struct BudgetState {
    const api::Value& budget;
    const std::vector<api::Value>& pods; // that it selects, neither Succeeded nor Failed
    std::int64_t controllersScale;       // replicas that the controllers of these pods want
    WallTime now;
};

bool needsScale(const api::Value& budget); // maxUnavailable, or a percentage
api::Value budgetStatus(const BudgetState& state);
// Until the first eviction in status.disruptedPods times out.
std::optional<Duration> nextTimeout(const api::Value& status, WallTime now);

} // namespace kates::controllers
