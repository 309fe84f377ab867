#include "engine/controllers/nodelifecycle/node_lifecycle_controller.h"

#include "engine/controllers/common/pods.h"
#include "engine/controllers/common/pods_by_node.h"

namespace kates::controllers {

using client::ReconcileResult;
namespace resources = client::resources;

namespace {

constexpr std::string_view kLeaseNamespace = "kube-node-lease";
} // namespace

NodeLifecycleController::NodeLifecycleController(const ControllerContext& context, Duration gracePeriod)
    : QueueController(context, "node-controller")
    , m_nodes(use(resources::nodes))
    , m_leases(use(resources::leases))
    , m_pods(use(resources::pods))
    , m_heartbeats(context.loop, gracePeriod, [this](const std::string& node) { nodeSilent(node); })
    , m_gate(context.loop)
{
    addNodeIndex(m_pods);
    m_nodes.addHandler({.added =
                            [this](const api::Value& node) {
                                m_heartbeats.beat(std::string(api::ObjectMeta(node).name()));
                                nodeSeen(node);
                            },
        .updated = [this](const api::Value& before, const api::Value& after) { nodeUpdated(before, after); },
        .deleted = [this](const api::Value& node) { nodeGone(node); }});
    auto renewed = [this](const api::Value& lease) {
        api::ObjectMeta meta(lease);
        if (meta.ns() == kLeaseNamespace && m_nodes.get({}, meta.name()))
            m_heartbeats.beat(std::string(meta.name()));
    };
    m_leases.addHandler({.added = renewed, .updated = [renewed](const api::Value& before, const api::Value& after) {
        if (before.get("spec", "renewTime") != after.get("spec", "renewTime"))
            renewed(after);
    }});
}

void NodeLifecycleController::nodeUpdated(const api::Value& before, const api::Value& after)
{
    const api::Value& oldReady = api::condition(before, "Ready");
    const api::Value& ready = api::condition(after, "Ready");
    // Written by the kubelet: we never move lastHeartbeatTime.
    if (oldReady.get("lastHeartbeatTime") != ready.get("lastHeartbeatTime"))
        m_heartbeats.beat(std::string(api::ObjectMeta(after).name()));
    nodeSeen(after);
}

void NodeLifecycleController::nodeSeen(const api::Value& node)
{
    enqueue(node);
    if (m_gate.observe(node, m_heartbeats.isSilent(std::string(api::ObjectMeta(node).name()))))
        enqueueNotReadyNodes();
}

void NodeLifecycleController::nodeSilent(const std::string& name)
{
    if (const api::Value* node = m_nodes.get({}, name))
        nodeSeen(*node);
}

void NodeLifecycleController::nodeGone(const api::Value& node)
{
    const std::string name(api::ObjectMeta(node).name());
    m_heartbeats.forget(name);
    if (m_gate.forget(name))
        enqueueNotReadyNodes();
}

void NodeLifecycleController::enqueueNotReadyNodes()
{
    m_nodes.forEach([this](const api::Value& node) {
        if (wantsEviction(node))
            enqueue(node);
    });
}

Task<ReconcileResult> NodeLifecycleController::reconcile(std::string key)
{
    const api::Value* cached = m_nodes.get({}, key);
    if (!cached)
        co_return ReconcileResult::done();
    api::Value node = *cached;
    if (m_heartbeats.isSilent(key)) {
        auto marked = co_await markSilent(node);
        if (!marked)
            co_return afterFailure("nodelifecycle", key, marked.error());
        auto podsMarked = co_await markPodsNotReady(key);
        if (!podsMarked)
            co_return afterFailure("nodelifecycle", key, podsMarked.error());
    }
    const EvictionGate::Answer gate = m_gate.ask(key);
    auto written = co_await writeTaints(node, gate.allowed);
    if (!written)
        co_return afterFailure("nodelifecycle", key, written.error());
    if (gate.again)
        co_return ReconcileResult::after(*gate.again);
    co_return ReconcileResult::done();
}

Task<NodeLifecycleController::Written> NodeLifecycleController::markSilent(api::Value& node)
{
    const bool wasReady = nodeReady(node);
    api::Value changed = silentNode(node, now());
    if (changed == node)
        co_return Written();
    const std::string name(api::ObjectMeta(node).name());
    client::WriteOptions options;
    options.subresource = "status";
    auto written = co_await client().update(resources::nodes, std::string(), name, std::move(changed), options);
    if (!written)
        co_return api::ApiFailure(written.error());
    node = std::move(*written);
    if (wasReady)
        m_events.normal(node, "NodeNotReady", "Node " + name + " status is now: NodeNotReady");
    co_return Written();
}

// Services must not send to them. When the kubelet comes back, it writes what it sees.
Task<NodeLifecycleController::Written> NodeLifecycleController::markPodsNotReady(std::string nodeName)
{
    for (const auto& pod : podsOnNode(m_pods, nodeName)) {
        if (!podReady(pod))
            continue;
        api::Value changed = pod;
        api::setCondition(changed, "Ready", false, "NodeNotReady", "The node of the pod does not answer.", now());
        const std::string ns(api::ObjectMeta(pod).ns()), name(api::ObjectMeta(pod).name());
        client::WriteOptions options;
        options.subresource = "status";
        auto written = co_await client().update(resources::pods, ns, name, std::move(changed), options);
        if (!written && !written.error().isNotFound())
            co_return api::ApiFailure(written.error());
    }
    co_return Written();
}

Task<NodeLifecycleController::Written> NodeLifecycleController::writeTaints(api::Value node, bool mayEvict)
{
    api::Value taints = wantedTaints(node, mayEvict, now());
    if (taints.size() == node.get("spec", "taints").size() && (taints.size() == 0 || taints == node.get("spec", "taints")))
        co_return Written();
    if (taints.size() == 0)
        node.edit("spec").erase("taints");
    else
        node.edit("spec").set("taints", std::move(taints));
    const std::string name(api::ObjectMeta(node).name());
    auto written = co_await client().update(resources::nodes, std::string(), name, std::move(node));
    if (!written)
        co_return api::ApiFailure(written.error());
    co_return Written();
}

} // namespace kates::controllers
