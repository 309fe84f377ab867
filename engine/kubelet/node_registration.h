// Keeps the Node object and its Lease alive: registers, reports status when something changes (and every five minutes), renews the lease.
#pragma once

#include <memory>

#include "engine/kubelet/node_status.h"

namespace kates::kubelet {

constexpr int kLeaseDurationSeconds = 40;
constexpr int kLeaseRenewSeconds = 10;

class NodeRegistration {
public:
    // `renewEvery`: simulated nodes renew less often (but well within the lease's duration), so that thousands stay cheap.
    NodeRegistration(Loop& loop, std::shared_ptr<client::Client> client, NodeDescription description, Duration renewEvery = std::chrono::seconds(kLeaseRenewSeconds));
    void start();
    Task<void> stop();
    // Tells the cluster that this node goes, so that nobody takes it for Ready while it is away. After stop().
    Task<void> sayNotReady();
    Future<Done> registered() const { return m_registered; }
    // The Node as the server last returned it (labels, podCIDR). Null before registration.
    const api::Value& node() const { return m_node; }
    void describe(NodeDescription description) { m_description = std::move(description); }

private:
    Task<void> run();
    Task<bool> registerNode();
    Task<bool> reportStatus();
    Task<bool> renewLease();

    Loop& m_loop;
    std::shared_ptr<client::Client> m_client;
    NodeDescription m_description;
    Duration m_renewEvery;
    api::Value m_node, m_lease;
    Event m_registered;
    TaskGroup m_tasks;
};

} // namespace kates::kubelet
