// Watches whether nodes live: a node whose lease and status stop moving for the grace period turns Unknown, its pods turn not ready, and taints keep
// new pods away and (tainteviction/) move the old ones.
#pragma once

#include "engine/controllers/controller.h"
#include "engine/controllers/nodelifecycle/eviction_gate.h"
#include "engine/controllers/nodelifecycle/heartbeats.h"

namespace kates::controllers {

constexpr Duration kNodeMonitorGracePeriod = std::chrono::seconds(40);

class NodeLifecycleController : public QueueController {
public:
    NodeLifecycleController(const ControllerContext& context, Duration gracePeriod = kNodeMonitorGracePeriod);

private:
    using Written = api::ApiResult<void>;

    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<Written> markSilent(api::Value& node);
    Task<Written> markPodsNotReady(std::string nodeName);
    Task<Written> writeTaints(api::Value node, bool mayEvict);
    void nodeSeen(const api::Value& node);
    void nodeUpdated(const api::Value& before, const api::Value& after);
    void nodeSilent(const std::string& name);
    void nodeGone(const api::Value& node);
    void enqueueNotReadyNodes();

    client::Informer& m_nodes;
    client::Informer& m_leases;
    client::Informer& m_pods;
    Heartbeats m_heartbeats;
    EvictionGate m_gate;
};

} // namespace kates::controllers
