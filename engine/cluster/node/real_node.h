// One node that runs containers: network, container runtime, kubelet and its server.
#pragma once

#include <memory>

#include "engine/cluster/node/node_client.h"
#include "engine/kubelet/kubelet.h"
#include "engine/kubelet/server/kubelet_server.h"
#include "engine/network/node_network.h"

namespace kates::cluster {

class RealNode {
public:
    RealNode(Loop& loop, MachineConfig config, NodeClient client);
    [[nodiscard]] Task<Result<void>> start();
    // The agent ends; containers, networks and mounts stay.
    Task<void> stop();
    // The node leaves: every container ends, its networks go. After stop().
    Task<void> leave();

private:
    Task<Result<void>> startNetwork();
    Task<Result<void>> startRuntime();
    Result<void> startKubelet();

    Loop& m_loop;
    MachineConfig m_config;
    NodeClient m_client;
    std::unique_ptr<Random> m_random;
    std::unique_ptr<ProcessLauncher> m_processes;
    std::unique_ptr<http::Client> m_http;
    std::unique_ptr<client::InformerFactory> m_informers;
    client::EventBroadcaster m_events;
    client::EventRecorder m_kubeletEvents, m_proxyEvents;
    std::unique_ptr<kubelet::PodSource> m_pods;
    client::Informer* m_services = nullptr;
    std::unique_ptr<network::NodeNetwork> m_network;
    std::unique_ptr<runtime::ContainerRuntime> m_runtime;
    std::unique_ptr<kubelet::Kubelet> m_kubelet;
    std::unique_ptr<kubelet::KubeletServer> m_handler;
    std::unique_ptr<http::Server> m_server;
};

} // namespace kates::cluster
