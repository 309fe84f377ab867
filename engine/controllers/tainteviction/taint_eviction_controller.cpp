#include "engine/controllers/tainteviction/taint_eviction_controller.h"

#include <algorithm>

#include "engine/base/time.h"
#include "engine/controllers/common/disruption_target.h"
#include "engine/controllers/common/pods_by_node.h"
#include "engine/controllers/common/taints.h"

namespace kates::controllers {

using client::ReconcileResult;
namespace resources = client::resources;

std::optional<WallTime> evictionTime(const api::Value& pod, const api::Value& nodeTaints, WallTime noticed)
{
    std::optional<WallTime> soonest;
    for (const auto& taint : nodeTaints) {
        if (taint.str("effect") != "NoExecute")
            continue;
        const WallTime since = parseTime(taint.str("timeAdded")).value_or(noticed);
        WallTime due = since;
        if (const api::Value* toleration = tolerationFor(pod.get("spec", "tolerations"), taint)) {
            if (!toleration->get("tolerationSeconds").isNumber())
                continue; // for ever
            due += std::chrono::seconds(std::max<std::int64_t>(0, toleration->get("tolerationSeconds").asInt()));
        }
        soonest = std::min(soonest.value_or(due), due);
    }
    return soonest;
}

TaintEvictionController::TaintEvictionController(const ControllerContext& context)
    : QueueController(context, "taint-eviction-controller", 8), m_nodes(use(resources::nodes)), m_pods(use(resources::pods))
{
    addNodeIndex(m_pods);
    m_nodes.addHandler({.updated = [this](const api::Value& before, const api::Value& after) { nodeUpdated(before, after); }});
    m_pods.addHandler({.added = [this](const api::Value& pod) { enqueue(pod); },
        .updated =
            [this](const api::Value& before, const api::Value& after) {
                if (before.get("spec", "nodeName") != after.get("spec", "nodeName")
                    || before.get("spec", "tolerations") != after.get("spec", "tolerations"))
                    enqueue(after);
            },
        .deleted = [this](const api::Value& pod) { m_noticed.erase(std::string(api::ObjectMeta(pod).uid())); }});
}

void TaintEvictionController::nodeUpdated(const api::Value& before, const api::Value& after)
{
    if (before.get("spec", "taints") == after.get("spec", "taints"))
        return;
    for (const auto& pod : podsOnNode(m_pods, api::ObjectMeta(after).name()))
        enqueue(pod);
}

Task<ReconcileResult> TaintEvictionController::reconcile(std::string key)
{
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_pods.get(name.ns, name.name);
    if (!cached || api::ObjectMeta(*cached).beingDeleted())
        co_return ReconcileResult::done();
    const api::Value pod = *cached;
    const api::Value* node = m_nodes.get({}, pod.str("spec", "nodeName"));
    const std::string uid(api::ObjectMeta(pod).uid());
    const WallTime now = loop().wallTime();
    const auto due = node ? evictionTime(pod, node->get("spec", "taints"), m_noticed.try_emplace(uid, now).first->second) : std::nullopt;
    if (!due) {
        m_noticed.erase(uid);
        co_return ReconcileResult::done();
    }
    if (*due > now)
        co_return ReconcileResult::after(*due - now);
    auto evicted = co_await evict(pod);
    if (!evicted)
        co_return afterFailure("tainteviction", key, evicted.error());
    co_return ReconcileResult::done();
}

Task<api::ApiResult<void>> TaintEvictionController::evict(api::Value pod)
{
    m_events.normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + api::ObjectMeta(pod).key().toString());
    auto marked = co_await markDisrupted(client(), pod, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint", now());
    if (!marked)
        co_return api::ApiFailure(marked.error());
    const std::string ns(api::ObjectMeta(pod).ns()), name(api::ObjectMeta(pod).name());
    client::DeleteOptions options;
    options.preconditionUid = api::ObjectMeta(pod).uid();
    auto deleted = co_await client().remove(resources::pods, ns, name, options);
    if (!deleted)
        co_return api::ApiFailure(deleted.error());
    co_return api::ApiResult<void>();
}

} // namespace kates::controllers
