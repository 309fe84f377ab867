// Many simulated nodes in one process: a kubelet each, one watch on pods for all of them, one server for all their kubelets.
#pragma once

#include <memory>
#include <vector>

#include "engine/base/random.h"
#include "engine/cluster/node/node_client.h"
#include "engine/kubelet/kubelet.h"
#include "engine/kubelet/server/kubelet_server.h"
#include "engine/network/simulated_pod_network.h"

namespace kates::cluster {

class SimulatedNodes {
public:
    SimulatedNodes(Loop& loop, MachineConfig config, NodeClient client);
    [[nodiscard]] Result<void> start();
    // Their leases are renewed every so often: often enough for node-monitor-grace-period, seldom enough that thousands cost little.
    static constexpr auto kRenewEvery = std::chrono::seconds(15);
    // What each of them claims to be.
    static constexpr std::int64_t kCpuMilli = 32'000, kMemoryBytes = 256ll << 30, kPodsMax = 110;
    Task<void> stop();
    // The nodes are gone for a while. After stop().
    Task<void> leave();

private:
    struct Node {
        network::SimulatedPodNetwork network;
        std::unique_ptr<runtime::ContainerRuntime> runtime;
        std::unique_ptr<kubelet::Kubelet> kubelet;
        std::unique_ptr<kubelet::KubeletServer> server;
        explicit Node(network::SimulatedAddresses& addresses) : network(addresses) {}
    };
    void addNode(int number);
    static Task<void> serve(SimulatedNodes& self, http::Exchange& exchange);

    Loop& m_loop;
    MachineConfig m_config;
    NodeClient m_client;
    std::unique_ptr<Random> m_random;
    std::unique_ptr<client::InformerFactory> m_informers;
    client::EventBroadcaster m_events;
    kubelet::PodSource m_pods;
    network::SimulatedAddresses m_addresses;
    std::vector<std::unique_ptr<Node>> m_nodes;
    std::unique_ptr<http::Server> m_server;
};

} // namespace kates::cluster
