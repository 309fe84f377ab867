#include "engine/controllers/replicaset/replica_set_status.h"

#include "engine/api/meta.h"
#include "engine/api/selector.h"
#include "engine/base/time.h"
#include "engine/controllers/common/conditions.h"
#include "engine/controllers/common/pods.h"

namespace kates::controllers {

namespace {

void setOrErase(api::Value& status, std::string_view key, int count)
{
    if (count > 0)
        status.set(key, count);
    else
        status.erase(key); // omitempty
}

} // namespace

api::Value replicaSetStatus(const api::Value& replicaSet, const std::vector<api::Value>& pods,
    const std::optional<std::pair<std::string, std::string>>& failure, WallTime now)
{
    const std::int64_t minReadySeconds = replicaSet.get("spec", "minReadySeconds").asInt();
    const auto templateLabels = api::LabelSelector::fromMap(replicaSet.get("spec", "template", "metadata", "labels"));
    int replicas = 0, fullyLabeled = 0, ready = 0, available = 0, terminating = 0;
    for (const auto& pod : pods) {
        if (api::ObjectMeta(pod).beingDeleted()) {
            ++terminating;
            continue;
        }
        ++replicas;
        fullyLabeled += templateLabels.matches(api::ObjectMeta(pod).labels());
        ready += podReady(pod);
        available += podAvailable(pod, minReadySeconds, now);
    }
    api::Value changed = replicaSet;
    api::Value& status = changed.edit("status");
    if (status.isNull())
        status = api::Value::object();
    status.set("replicas", replicas);
    setOrErase(status, "fullyLabeledReplicas", fullyLabeled);
    setOrErase(status, "readyReplicas", ready);
    setOrErase(status, "availableReplicas", available);
    status.set("terminatingReplicas", terminating);
    status.set("observedGeneration", api::ObjectMeta(replicaSet).generation());
    // The first message stays while the reason does: messages name generated pods, so a new one each time would be a write, and the next attempt,
    // each time.
    const bool known = failure && api::condition(changed, "ReplicaFailure").str("reason") == failure->first;
    if (failure && !known)
        api::setCondition(changed, "ReplicaFailure", true, failure->first, failure->second, formatTime(now));
    else if (!failure)
        removeCondition(changed, "ReplicaFailure");
    return changed.get("status");
}

} // namespace kates::controllers
