#include "engine/cluster/node/real_node.h"

#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/network/link/fabric.h"
#include "engine/network/link/run_on_thread.h"
#include "engine/runtime/oci/oci_runtime.h"

namespace kates::cluster {

RealNode::RealNode(Loop& loop, MachineConfig config, NodeClient client)
    : m_loop(loop), m_config(std::move(config)), m_client(std::move(client)), m_random(makeSystemRandom()), m_processes(makeProcessLauncher(loop)),
      m_http(http::makeClient(loop)), m_informers(client::makeInformerFactory(loop, m_client.api)), m_events(loop, m_client.api),
      m_kubeletEvents(m_events, "kubelet", m_config.machine), m_proxyEvents(m_events, "kube-proxy", m_config.machine)
{
}

Task<Result<void>> RealNode::start()
{
    client::ListOptions ownPods;
    ownPods.fieldSelector = "spec.nodeName=" + m_config.machine;
    m_pods = std::make_unique<kubelet::PodSource>(m_informers->informer(client::resources::pods, ownPods));
    m_services = &m_informers->informer(client::resources::services);
    m_events.start();
    auto networked = co_await startNetwork();
    if (!networked)
        co_return networked;
    auto running = co_await startRuntime();
    if (!running)
        co_return running;
    m_informers->start();
    co_return startKubelet();
}

Task<Result<void>> RealNode::startNetwork()
{
    network::NodeNetworkOptions options;
    options.nodeName = m_config.machine;
    options.nodeIndex = static_cast<std::uint32_t>(m_config.index);
    options.runDirectory = m_config.runDirectory;
    options.fabricSubnet = m_config.networking.fabricCidr;
    options.serviceSubnet = m_config.networking.serviceCidr;
    options.dnsAddress = m_config.networking.serviceAddress(kDnsService);
    options.clusterDomain = m_config.networking.clusterDomain;
    options.apiServerHost = m_config.serverAddress;
    options.apiServerPort = m_config.serverPort;
    auto network = network::NodeNetwork::create({m_loop, *m_random, *m_processes, *m_informers, &m_proxyEvents}, options);
    if (!network)
        co_return tl::unexpected(network.error());
    m_network = std::move(*network);
    co_return co_await m_network->start();
}

Task<Result<void>> RealNode::startRuntime()
{
    runtime::OciRuntimeOptions options;
    options.imageStore = m_config.images;
    options.directory = m_config.directory / "runtime";
    if (m_config.runtime != "Auto")
        options.programs = {m_config.runtime};
    auto made = co_await runtime::makeOciRuntime(m_loop, *m_random, *m_processes, *m_http, options);
    if (!made)
        co_return tl::unexpected(made.error());
    m_runtime = std::move(*made);
    for (const std::string& limitation : m_runtime->limitations())
        log::warning("node", limitation);
    co_return Result<void>();
}

Result<void> RealNode::startKubelet()
{
    kubelet::KubeletOptions options;
    options.node.name = m_config.machine;
    options.node.internalIp = m_network->nodeAddress();
    kubelet::describeHost(options.node, m_config.directory.string());
    options.node.runtimeVersion = m_runtime->name() + "://" + m_runtime->version();
    options.paths.root = m_config.directory;
    options.clusterDomain = m_config.networking.clusterDomain;
    options.event = [this](const api::Value& pod, const char* type, const char* reason, const std::string& message) {
        m_kubeletEvents.record(client::objectReference(pod), type, reason, message);
    };
    // The port is part of what the node registers, so the server listens first; the loop brings no request before this function is through.
    http::ListenOptions listen;
    listen.tls = m_client.servingTls;
    auto server = http::listen(m_loop, listen, [this](http::Exchange& exchange) { return m_handler->serve(exchange); });
    if (!server)
        return tl::unexpected(server.error());
    m_server = std::move(*server);
    options.node.kubeletPort = m_server->port();
    options.node.kubeletAddress = "127.0.0.1:" + std::to_string(m_server->port());
    m_kubelet = std::make_unique<kubelet::Kubelet>(m_loop, options, m_client.api, *m_pods, m_services, *m_runtime, *m_network);
    m_handler = std::make_unique<kubelet::KubeletServer>(*m_kubelet);
    m_kubelet->start();
    return {};
}

Task<void> RealNode::stop()
{
    if (m_server)
        co_await m_server->stop(std::chrono::seconds(1));
    if (m_kubelet)
        co_await m_kubelet->stop();
    if (m_network)
        co_await m_network->stop();
    co_await m_events.stop();
    co_await m_informers->stop();
}

Task<void> RealNode::leave()
{
    if (m_kubelet)
        co_await m_kubelet->registration().sayNotReady();
    if (m_runtime) {
        for (const runtime::SandboxStatus& sandbox : m_runtime->sandboxes()) {
            const std::string id = sandbox.id;
            (void)co_await m_runtime->stopPodSandbox(id);
            (void)co_await m_runtime->removePodSandbox(id);
        }
    }
    const network::NodePaths paths(network::FabricPaths(m_config.runDirectory), m_config.machine);
    auto removed = co_await network::runOnThread(m_loop, [paths] { return network::removeNode(paths); });
    if (!removed)
        log::warning("node", "network not removed", "error", removed.error().message);
}

} // namespace kates::cluster
