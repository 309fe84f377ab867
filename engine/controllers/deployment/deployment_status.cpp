#include "engine/controllers/deployment/deployment_status.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/base/time.h"
#include "engine/controllers/common/conditions.h"

namespace kates::controllers {

using namespace std::chrono_literals;

namespace {

constexpr std::string_view kProgressing = "Progressing";
constexpr std::string_view kNewReplicaSetAvailable = "NewReplicaSetAvailable";
constexpr std::string_view kTimedOut = "ProgressDeadlineExceeded";
constexpr std::string_view kPaused = "DeploymentPaused";
constexpr std::string_view kResumed = "DeploymentResumed";

// Deployment conditions also carry lastUpdateTime, which moves with every change of reason.
bool setCondition(
    api::Value& deployment, std::string_view type, std::string_view status, std::string_view reason, std::string_view message, WallTime now)
{
    const api::Value before = api::condition(deployment, type);
    if (before.str("status") == status && before.str("reason") == reason)
        return false;
    const std::string time = formatTime(now);
    const std::string_view since = before.str("status") == status ? before.str("lastTransitionTime") : std::string_view(time);
    putCondition(deployment,
        api::Value::object(
            {{"type", type}, {"status", status}, {"lastUpdateTime", time}, {"lastTransitionTime", since}, {"reason", reason}, {"message", message}}));
    return true;
}

void setCount(api::Value& status, std::string_view key, std::int64_t count)
{
    if (count)
        status.set(key, count);
    else
        status.erase(key); // omitempty
}

struct Counts {
    std::int64_t replicas = 0, updated = 0, ready = 0, available = 0, terminating = 0;
};

Counts countsOf(const ReplicaSets& sets)
{
    Counts counts;
    for (const auto& replicaSet : sets.all()) {
        const ReplicaSetView view(replicaSet);
        counts.replicas += view.actual();
        counts.ready += view.ready();
        counts.available += view.available();
        counts.terminating += view.terminating();
    }
    if (!sets.current.isNull())
        counts.updated = ReplicaSetView(sets.current).actual();
    return counts;
}

void setAvailable(api::Value& deployment, std::int64_t available, WallTime now)
{
    const DeploymentView view(deployment);
    if (available >= view.replicas() - view.maxUnavailable())
        setCondition(deployment, "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now);
    else
        setCondition(deployment, "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now);
}

// A replica set that cannot create its pods says so; the new one counts most.
void setReplicaFailure(api::Value& deployment, const ReplicaSets& sets)
{
    std::vector<api::Value> newestFirst = sets.all();
    std::reverse(newestFirst.begin(), newestFirst.end());
    for (const auto& replicaSet : newestFirst) {
        if (api::Value failure = api::condition(replicaSet, "ReplicaFailure"); !failure.isNull()) {
            failure.set("lastUpdateTime", failure.get("lastTransitionTime"));
            putCondition(deployment, std::move(failure));
            return;
        }
    }
    removeCondition(deployment, "ReplicaFailure");
}

bool progressed(const api::Value& before, const api::Value& after)
{
    auto count = [](const api::Value& status, std::string_view key) { return status.get(key).asInt(); };
    auto outdated = [&](const api::Value& status) { return count(status, "replicas") - count(status, "updatedReplicas"); };
    return count(after, "updatedReplicas") > count(before, "updatedReplicas") || outdated(after) < outdated(before)
        || count(after, "readyReplicas") > count(before, "readyReplicas") || count(after, "availableReplicas") > count(before, "availableReplicas");
}

bool timedOut(const api::Value& deployment, WallTime now)
{
    const api::Value& condition = api::condition(deployment, kProgressing);
    const std::string_view reason = condition.str("reason");
    if (condition.isNull() || reason == kNewReplicaSetAvailable)
        return false;
    if (reason == kTimedOut)
        return true;
    const auto since = parseTime(condition.str("lastUpdateTime"));
    return since && *since + std::chrono::seconds(DeploymentView(deployment).progressDeadlineSeconds()) < now;
}

} // namespace

api::Value countedStatus(const api::Value& deployment, const ReplicaSets& sets, WallTime now)
{
    api::Value changed = deployment;
    const Counts counts = countsOf(sets);
    api::Value& status = changed.edit("status");
    setCount(status, "replicas", counts.replicas);
    setCount(status, "updatedReplicas", counts.updated);
    setCount(status, "readyReplicas", counts.ready);
    setCount(status, "availableReplicas", counts.available);
    setCount(status, "unavailableReplicas", std::max<std::int64_t>(0, sets.specReplicas() - counts.available));
    status.set("terminatingReplicas", counts.terminating);
    status.set("observedGeneration", api::ObjectMeta(deployment).generation());
    setAvailable(changed, counts.available, now);
    return changed.get("status");
}

api::Value rolloutStatus(const api::Value& deployment, const ReplicaSets& sets, WallTime now)
{
    api::Value changed = deployment;
    changed.set("status", countedStatus(deployment, sets, now));
    const std::string what = sets.current.isNull() ? "Deployment \"" + std::string(api::ObjectMeta(deployment).name()) + "\""
                                                   : "ReplicaSet \"" + std::string(ReplicaSetView(sets.current).name()) + "\"";
    const api::Value& status = changed.get("status");
    const api::Value current = api::condition(deployment, kProgressing);
    const bool wasComplete
        = status.get("replicas").asInt() == status.get("updatedReplicas").asInt() && current.str("reason") == kNewReplicaSetAvailable;
    if (!DeploymentView(deployment).hasProgressDeadline()) {
        removeCondition(changed, kProgressing);
    } else if (!wasComplete) {
        if (rolloutComplete(deployment, status)) {
            setProgressing(changed, "True", kNewReplicaSetAvailable, what + " has successfully progressed.", now);
        } else if (progressed(deployment.get("status"), status)) {
            // The deadline counts from the last progress, so lastUpdateTime moves even when nothing else changes.
            removeCondition(changed, kProgressing);
            setProgressing(changed, "True", "ReplicaSetUpdated", what + " is progressing.", now);
            if (current.str("status") == "True") {
                api::Value condition = api::condition(changed, kProgressing);
                condition.set("lastTransitionTime", current.get("lastTransitionTime"));
                putCondition(changed, std::move(condition));
            }
        } else if (timedOut(changed, now)) {
            setProgressing(changed, "False", kTimedOut, what + " has timed out progressing.", now);
        }
    }
    setReplicaFailure(changed, sets);
    return changed.get("status");
}

bool rolloutComplete(const api::Value& deployment, const api::Value& status)
{
    const std::int64_t wanted = DeploymentView(deployment).replicas();
    return status.get("updatedReplicas").asInt() == wanted && status.get("replicas").asInt() == wanted
        && status.get("availableReplicas").asInt() == wanted && status.get("observedGeneration").asInt() >= api::ObjectMeta(deployment).generation();
}

std::optional<Duration> progressCheckAfter(const api::Value& deployment, const api::Value& status, WallTime now)
{
    api::Value changed = deployment;
    changed.set("status", status);
    const DeploymentView view(deployment);
    const api::Value& condition = api::condition(changed, kProgressing);
    if (!view.hasProgressDeadline() || condition.isNull() || rolloutComplete(deployment, status) || condition.str("reason") == kTimedOut
        || condition.str("reason") == kPaused)
        return std::nullopt;
    const auto since = parseTime(condition.str("lastUpdateTime"));
    if (!since)
        return std::nullopt;
    return std::max<Duration>(1s, *since + std::chrono::seconds(view.progressDeadlineSeconds()) - now + 1s);
}

bool setProgressing(api::Value& deployment, std::string_view status, std::string_view reason, const std::string& message, WallTime now)
{
    return DeploymentView(deployment).hasProgressDeadline() && setCondition(deployment, kProgressing, status, reason, message, now);
}

api::Value pausedStatus(const api::Value& deployment, WallTime now)
{
    const std::string_view reason = api::condition(deployment, kProgressing).str("reason");
    const bool paused = DeploymentView(deployment).paused();
    if (reason == kTimedOut || paused == (reason == kPaused))
        return {};
    api::Value changed = deployment;
    const bool moved = paused ? setProgressing(changed, "Unknown", kPaused, "Deployment is paused", now)
                              : setProgressing(changed, "Unknown", kResumed, "Deployment is resumed", now);
    return moved ? changed.get("status") : api::Value();
}

} // namespace kates::controllers
