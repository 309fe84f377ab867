#include "engine/cluster/node/simulated_nodes.h"

#include <fmt/format.h>

#include "engine/runtime/simulated/simulated_runtime.h"

namespace kates::cluster {

SimulatedNodes::SimulatedNodes(Loop& loop, MachineConfig config, NodeClient client)
    : m_loop(loop), m_config(std::move(config)), m_client(std::move(client)), m_random(makeSystemRandom()), m_informers(client::makeInformerFactory(loop, m_client.api)),
      m_events(loop, m_client.api), m_pods(m_informers->informer(client::resources::pods))
{
}

Result<void> SimulatedNodes::start()
{
    http::ListenOptions listen;
    listen.tls = m_client.servingTls;
    auto server = http::listen(m_loop, listen, [this](http::Exchange& exchange) { return serve(*this, exchange); });
    if (!server)
        return tl::unexpected(server.error());
    m_server = std::move(*server);
    for (int number = 1; number <= m_config.simulatedNodes; ++number)
        addNode(number);
    m_events.start();
    m_informers->start();
    for (auto& node : m_nodes)
        node->kubelet->start();
    return {};
}

void SimulatedNodes::addNode(int number)
{
    auto node = std::make_unique<Node>(m_addresses);
    node->runtime = runtime::makeSimulatedRuntime(m_loop, *m_random);
    kubelet::KubeletOptions options;
    options.node.name = fmt::format("simulated-{:04}", number);
    options.node.internalIp = m_addresses.next().toString();
    options.node.kubeletPort = m_server->port();
    options.node.kubeletAddress = "127.0.0.1:" + std::to_string(m_server->port());
    options.node.simulated = true;
    options.node.cpuMilli = kCpuMilli;
    options.node.memoryBytes = kMemoryBytes;
    options.node.ephemeralBytes = kMemoryBytes;
    options.node.podsMax = kPodsMax;
    options.node.runtimeVersion = "simulated://" + node->runtime->version();
    options.paths.root = m_config.directory / options.node.name;
    options.clusterDomain = m_config.networking.clusterDomain;
    options.leaseRenewEvery = kRenewEvery;
    auto recorder = std::make_shared<client::EventRecorder>(m_events, "kubelet", options.node.name);
    // Only what went wrong: a thousand nodes need not tell that nothing was started.
    options.event = [recorder](const api::Value& pod, const char* type, const char* reason, const std::string& message) {
        if (std::string_view(type) == "Warning")
            recorder->warning(pod, reason, message);
    };
    node->kubelet = std::make_unique<kubelet::Kubelet>(m_loop, options, m_client.api, m_pods, nullptr, *node->runtime, node->network);
    node->server = std::make_unique<kubelet::KubeletServer>(*node->kubelet);
    m_nodes.push_back(std::move(node));
}

// /<what>/<namespace>/<pod>/…: the node that has the pod answers.
Task<void> SimulatedNodes::serve(SimulatedNodes& self, http::Exchange& exchange)
{
    const std::string path = exchange.request().path;
    std::vector<std::string> parts;
    for (std::size_t at = 1; at < path.size() && parts.size() < 3;) {
        const std::size_t slash = std::min(path.find('/', at), path.size());
        parts.push_back(path.substr(at, slash - at));
        at = slash + 1;
    }
    kubelet::KubeletServer* target = self.m_nodes.empty() ? nullptr : self.m_nodes.front()->server.get();
    if (parts.size() == 3)
        for (auto& node : self.m_nodes)
            if (node->kubelet->findPod(parts[1], parts[2]))
                target = node->server.get();
    if (target)
        co_await target->serve(exchange);
}

Task<void> SimulatedNodes::leave()
{
    for (auto& node : m_nodes)
        co_await node->kubelet->registration().sayNotReady();
}

Task<void> SimulatedNodes::stop()
{
    if (m_server)
        co_await m_server->stop(std::chrono::seconds(1));
    for (auto& node : m_nodes)
        co_await node->kubelet->stop();
    co_await m_events.stop();
    co_await m_informers->stop();
}

} // namespace kates::cluster
