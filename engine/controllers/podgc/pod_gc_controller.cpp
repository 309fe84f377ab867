#include "engine/controllers/podgc/pod_gc_controller.h"

#include <algorithm>

#include "engine/controllers/common/disruption_target.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/common/pods_by_node.h"
#include "engine/controllers/common/taints.h"

namespace kates::controllers {

using client::ReconcileResult;
namespace resources = client::resources;

namespace {
constexpr const char* kReason = "DeletionByPodGC";
constexpr const char* kTrimKey = "/"; // of no pod
}

PodGcController::PodGcController(const ControllerContext& context, std::size_t endedPodsMax)
    : QueueController(context, "pod-garbage-collector")
    , m_nodes(use(resources::nodes))
    , m_pods(use(resources::pods))
    , m_endedMax(endedPodsMax)
{
    addNodeIndex(m_pods);
    auto enqueuePodsOf = [this](const api::Value& node) {
        for (const auto& pod : podsOnNode(m_pods, api::ObjectMeta(node).name()))
            enqueue(pod);
    };
    m_nodes.addHandler({.added = [this](const api::Value& node) { m_missing.erase(std::string(api::ObjectMeta(node).name())); },
        .updated =
            [enqueuePodsOf](const api::Value&, const api::Value& after) {
                if (hasTaint(after, taints::kOutOfService))
                    enqueuePodsOf(after);
            },
        .deleted = enqueuePodsOf});
    m_pods.addHandler({.added =
                           [this](const api::Value& pod) {
                               enqueue(pod);
                               count(pod, 1);
                           },
        .updated =
            [this](const api::Value& before, const api::Value& after) {
                enqueue(after);
                count(before, -1);
                count(after, 1);
            },
        .deleted = [this](const api::Value& pod) { count(pod, -1); }});
}

void PodGcController::count(const api::Value& pod, int change)
{
    if (!podTerminal(pod))
        return;
    m_ended += change;
    if (m_ended > m_endedMax)
        m_queue.add(kTrimKey);
}

// The oldest first.
Task<ReconcileResult> PodGcController::trimEnded()
{
    std::vector<api::Value> ended = m_pods.byNamespace({});
    std::erase_if(ended, [](const api::Value& pod) { return !podTerminal(pod); });
    std::sort(ended.begin(), ended.end(),
        [](const api::Value& a, const api::Value& b) { return api::ObjectMeta(a).creationTimestamp() < api::ObjectMeta(b).creationTimestamp(); });
    ended.resize(ended.size() > m_endedMax ? ended.size() - m_endedMax : 0);
    for (const auto& pod : ended) {
        auto deleted = co_await deleteNow(pod, std::string(), std::string());
        if (!deleted)
            co_return afterFailure("podgc", "ended pods", deleted.error());
    }
    co_return ReconcileResult::done();
}

Task<ReconcileResult> PodGcController::reconcile(std::string key)
{
    if (key == kTrimKey)
        co_return co_await trimEnded();
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_pods.get(name.ns, name.name);
    if (!cached)
        co_return ReconcileResult::done();
    const api::Value pod = *cached;
    const std::string_view nodeName = pod.str("spec", "nodeName");
    const bool deleting = api::ObjectMeta(pod).beingDeleted();
    const api::Value* node = m_nodes.get({}, nodeName);
    if (!nodeName.empty() && !node)
        co_return co_await collectOrphan(key, pod);
    api::ApiResult<void> deleted;
    if (nodeName.empty() && deleting)
        deleted = co_await deleteNow(pod, std::string(), std::string());
    else if (deleting && node && hasTaint(*node, taints::kOutOfService) && !api::conditionIsTrue(*node, "Ready"))
        deleted = co_await deleteNow(pod, kReason, "PodGC: node out-of-service taint");
    if (!deleted)
        co_return afterFailure("podgc", key, deleted.error());
    co_return ReconcileResult::done();
}

Task<ReconcileResult> PodGcController::collectOrphan(std::string key, api::Value pod)
{
    const std::string nodeName(pod.str("spec", "nodeName"));
    const MonotonicTime since = m_missing.try_emplace(nodeName, loop().now()).first->second;
    if (loop().now() - since < kMissingNodeQuarantine)
        co_return ReconcileResult::after(kMissingNodeQuarantine - (loop().now() - since));
    auto node = co_await client().get(resources::nodes, std::string(), nodeName);
    if (node)
        co_return ReconcileResult::done(); // the cache is behind
    if (!node.error().isNotFound())
        co_return afterFailure("podgc", key, node.error());
    auto deleted = co_await deleteNow(pod, kReason, "PodGC: node no longer exists");
    if (!deleted)
        co_return afterFailure("podgc", key, deleted.error());
    co_return ReconcileResult::done();
}

// No kubelet will end it, so it ends here: Failed unless it had ended, and without a grace period.
Task<api::ApiResult<void>> PodGcController::deleteNow(api::Value pod, std::string reason, std::string message)
{
    if (!reason.empty() && !podTerminal(pod)) {
        auto marked = co_await markDisrupted(client(), pod, reason, message, now(), "Failed");
        if (!marked)
            co_return api::ApiFailure(marked.error());
    }
    const std::string ns(api::ObjectMeta(pod).ns()), name(api::ObjectMeta(pod).name());
    client::DeleteOptions options;
    options.gracePeriodSeconds = 0;
    options.preconditionUid = api::ObjectMeta(pod).uid();
    auto deleted = co_await client().remove(resources::pods, ns, name, options);
    if (!deleted && !deleted.error().isNotFound())
        co_return api::ApiFailure(deleted.error());
    co_return api::ApiResult<void>();
}

} // namespace kates::controllers
