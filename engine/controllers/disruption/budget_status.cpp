#include "engine/controllers/disruption/budget_status.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/base/time.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/deployment/deployment_view.h"

namespace kates::controllers {

namespace {

std::int64_t desiredHealthy(const BudgetState& state, std::int64_t expected)
{
    const api::Value& spec = state.budget.get("spec");
    if (spec.has("maxUnavailable"))
        return std::max<std::int64_t>(0, expected - scaledValue(spec.get("maxUnavailable"), expected, true, "0"));
    return scaledValue(spec.get("minAvailable"), expected, true, "0");
}

// Evictions that the API server allowed and whose pods are not seen to go yet.
api::Value pendingEvictions(const BudgetState& state)
{
    api::Value pending;
    for (const auto& pod : state.pods) {
        const std::string_view name = api::ObjectMeta(pod).name();
        const api::Value& since = state.budget.get("status", "disruptedPods").get(name);
        const auto time = parseTime(since.asString());
        if (time && !api::ObjectMeta(pod).beingDeleted() && *time + kEvictionTimeout > state.now)
            pending.set(name, since);
    }
    return pending;
}

} // namespace

bool needsScale(const api::Value& budget)
{
    return budget.get("spec").has("maxUnavailable") || budget.get("spec", "minAvailable").isString();
}

api::Value budgetStatus(const BudgetState& state)
{
    const std::int64_t expected = needsScale(state.budget) ? state.controllersScale : static_cast<std::int64_t>(state.pods.size());
    const std::int64_t desired = desiredHealthy(state, expected);
    api::Value pending = pendingEvictions(state);
    const auto healthy = std::count_if(state.pods.begin(), state.pods.end(), [&](const api::Value& pod) {
        return podReady(pod) && !api::ObjectMeta(pod).beingDeleted() && !pending.has(api::ObjectMeta(pod).name());
    });
    const std::int64_t allowed = expected > 0 ? std::max<std::int64_t>(0, healthy - desired) : 0;

    api::Value changed = state.budget;
    api::Value& status = changed.edit("status");
    status.set("currentHealthy", static_cast<std::int64_t>(healthy));
    status.set("desiredHealthy", desired);
    status.set("disruptionsAllowed", allowed);
    status.set("expectedPods", expected);
    status.set("observedGeneration", api::ObjectMeta(state.budget).generation());
    if (pending.isNull())
        status.erase("disruptedPods");
    else
        status.set("disruptedPods", std::move(pending));
    api::setCondition(changed, "DisruptionAllowed", allowed > 0, allowed > 0 ? "SufficientPods" : "InsufficientPods", "", formatTime(state.now));
    return changed.get("status");
}

std::optional<Duration> nextTimeout(const api::Value& status, WallTime now)
{
    std::optional<Duration> soonest;
    for (const auto& member : status.get("disruptedPods").members()) {
        if (const auto time = parseTime(member.value.asString()))
            soonest = std::min(soonest.value_or(Duration::max()), Duration(*time + kEvictionTimeout - now));
    }
    return soonest;
}

} // namespace kates::controllers
