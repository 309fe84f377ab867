#include "engine/network/node_network.h"

#include <fmt/format.h>
#include <thread>
#include <utility>

#include "engine/base/log.h"
#include "engine/http/client.h"
#include "engine/network/link/network_namespace.h"
#include "engine/network/link/pod_link.h"
#include "engine/network/link/run_on_thread.h"

namespace kates::network {

namespace {

constexpr int kDnsPort = 53;

Task<Result<std::unique_ptr<http::Stream>>> connectToApiServer(Loop& loop, std::string host, int port)
{
    co_return co_await http::connectTcp(loop, std::move(host), port, kForwardConnectTimeout);
}

// In the node's namespace.
Result<dns::DnsSockets> openDnsSocketsIn(const std::filesystem::path& node, Ipv4 address)
{
    if (auto entered = enterNetworkNamespace(node); !entered)
        return tl::unexpected(entered.error());
    return dns::openDnsSockets(address, kDnsPort);
}

} // namespace

Result<NodeNetwork::Parsed> NodeNetwork::parse(const NodeNetworkOptions& options)
{
    const auto fabric = Ipv4Prefix::parse(options.fabricSubnet), services = Ipv4Prefix::parse(options.serviceSubnet);
    const auto dns = Ipv4::parse(options.dnsAddress);
    if (!fabric)
        return failure("the node network \"" + options.fabricSubnet + "\" is no IPv4 subnet");
    if (!services)
        return failure("the service network \"" + options.serviceSubnet + "\" is no IPv4 subnet");
    if (!dns || !services->contains(*dns))
        return failure("the DNS address \"" + options.dnsAddress + "\" is no address of the service network " + options.serviceSubnet);
    const auto address = network::nodeAddress(*fabric, options.nodeIndex);
    if (!address)
        return tl::unexpected(address.error());
    return Parsed{fabric->subnet(), services->subnet(), *address, *dns};
}

Result<std::unique_ptr<NodeNetwork>> NodeNetwork::create(NodeNetworkParts parts, NodeNetworkOptions options)
{
    const auto parsed = parse(options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    return std::unique_ptr<NodeNetwork>(new NodeNetwork(parts, std::move(options), *parsed));
}

NodeNetwork::NodeNetwork(NodeNetworkParts parts, NodeNetworkOptions options, const Parsed& parsed)
    : m_parts(parts)
    , m_options(std::move(options))
    , m_fabricSubnet(parsed.fabricSubnet)
    , m_address(parsed.address)
    , m_dnsAddress(parsed.dnsAddress)
    , m_fabricPaths(m_options.runDirectory)
    , m_paths(m_fabricPaths, m_options.nodeName)
    , m_services(parts.informers.informer(client::resources::services), parts.informers.informer(client::resources::endpointSlices))
    , m_proxy(parts.loop, m_services, proxyOptions(parsed))
    , m_dns(parts.loop, parts.random, m_services, {m_options.clusterDomain, m_options.resolvConf, m_dnsAddress, kDnsPort})
    , m_hostPorts(parts.loop, hostPortsOptions())
    , m_outbound(parts.loop, parts.launcher, {clusterKey(), m_fabricPaths.fabric})
    , m_podSubnets(parts.loop, parts.informers.informer(client::resources::nodes), m_options.nodeName, m_fabricSubnet, m_paths,
          [this](const Ipv4Prefix& subnet) { podSubnetKnown(subnet); })
    , m_tasks(parts.loop)
{
    m_proxy.setAppliedHandler([this](const ServicePorts& ports) { servicesApplied(ports); });
}

NodeNetwork::~NodeNetwork() = default;

ServiceProxyOptions NodeNetwork::proxyOptions(const Parsed& parsed)
{
    ServiceProxyOptions proxy;
    proxy.nodeName = m_options.nodeName;
    proxy.nodeNamespace = m_paths.node;
    proxy.config = {m_address, std::nullopt, parsed.serviceSubnet, parsed.fabricSubnet.at(1)};
    proxy.servedLocally = {m_dnsAddress};
    proxy.runNft = makeNftRunner(m_parts.launcher, m_paths.node);
    return proxy;
}

// The same in all processes of the cluster, and in no other cluster's on this host.
std::string NodeNetwork::clusterKey() const
{
    return fmt::format("{:016x}", std::hash<std::string>()(std::filesystem::absolute(m_options.runDirectory).string()));
}

HostPortsOptions NodeNetwork::hostPortsOptions()
{
    return {clusterKey(), m_paths.node, m_address, [this](HostPort port, const std::string& message) { portRefused(port, message); }};
}

Result<void> NodeNetwork::makeNode() const
{
    Result<void> made;
    // Each enters a namespace, so each has a thread of its own; this function is on one already.
    std::thread([&] { made = ensureFabric(m_fabricPaths, m_fabricSubnet); }).join();
    if (!made)
        return made;
    return ensureNode(m_fabricPaths, m_paths, {m_address, m_fabricSubnet, {m_dnsAddress, *Ipv4::parse(kApiServerAddress)}});
}

// The sockets inside the node's namespace.
Task<Result<void>> NodeNetwork::openDoors()
{
    const auto openDns = [this] { return openDnsSocketsIn(m_paths.node, m_dnsAddress); };
    auto sockets = co_await runOnThread(m_parts.loop, openDns);
    if (!sockets)
        co_return tl::unexpected(sockets.error());
    auto listening = co_await listenTcpIn(m_parts.loop, m_paths.node, kApiServerAddress, kApiServerPort);
    if (!listening)
        co_return tl::unexpected(listening.error());
    m_dns.start(std::move(*sockets));
    auto connect = [this] { return connectToApiServer(m_parts.loop, m_options.apiServerHost, m_options.apiServerPort); };
    m_apiServer = std::make_unique<Forwarder>(m_parts.loop, "API server", std::move(*listening), std::move(connect));
    co_return Result<void>();
}

Task<Result<void>> NodeNetwork::start()
{
    const auto make = [this] { return makeNode(); };
    auto made = co_await runOnThread(m_parts.loop, make);
    if (!made)
        co_return made;
    auto pool = AddressPool::open(m_paths.addresses);
    if (!pool)
        co_return tl::unexpected(pool.error());
    m_pool.emplace(std::move(*pool));
    auto opened = co_await openDoors();
    if (!opened)
        co_return opened;
    m_podSubnets.start();
    m_proxy.start();
    m_hostPorts.start();
    m_outbound.start();
    co_return Result<void>();
}

Task<void> NodeNetwork::stop()
{
    m_hasPodSubnet.set(false);
    co_await m_podSubnets.stop();
    co_await m_hostPorts.stop();
    co_await m_outbound.stop();
    co_await m_proxy.stop();
    co_await m_dns.stop();
    if (m_apiServer)
        co_await m_apiServer->stop();
    m_tasks.requestStop();
    co_await m_tasks.finished();
}

void NodeNetwork::podSubnetKnown(const Ipv4Prefix& subnet)
{
    m_tasks.spawn(usePodSubnet(subnet));
}

Task<void> NodeNetwork::usePodSubnet(Ipv4Prefix subnet)
{
    m_pool->setSubnet(subnet);
    m_proxy.setPodSubnet(subnet);
    const auto work = [paths = m_paths, gateway = subnet.at(1)] { return ensureGateway(paths, gateway); };
    const auto ensured = co_await runOnThread(m_parts.loop, work);
    if (ensured)
        m_hasPodSubnet.set(true);
    else
        log::error("network", "the pods' gateway cannot be set up", "node", m_options.nodeName, "error", ensured.error().message);
}

void NodeNetwork::servicesApplied(const ServicePorts& ports)
{
    std::set<HostPort> nodePorts;
    for (const auto& [id, port] : ports)
        if (port.nodePort != 0 && port.protocol != "sctp")
            nodePorts.insert({port.protocol == "udp", port.nodePort});
    m_hostPorts.set(std::move(nodePorts));
}

void NodeNetwork::portRefused(HostPort port, const std::string& message)
{
    log::warning("network", "a node port is not on the host's loopback", "port", port.port, "reason", message);
    for (const auto& [id, known] : m_proxy.ports()) {
        const auto first = id.find('/'), second = id.find('/', first + 1);
        const auto* service = m_services.service({id.substr(0, first), id.substr(first + 1, second - first - 1)});
        if (m_parts.events && known.nodePort == port.port && (known.protocol == "udp") == port.udp && service)
            m_parts.events->warning(*service, "NodePortBusy", message);
    }
}

Task<Result<PodNetworkStatus>> NodeNetwork::attach(std::string podUid)
{
    if (!isUsablePodUid(podUid))
        co_return failure("the pod's uid \"" + podUid.substr(0, 100) + "\" cannot be the name of its network");
    auto limit = m_parts.loop.after(m_options.podSubnetWait, [has = m_hasPodSubnet, this] {
        if (!has.ready())
            std::exchange(m_hasPodSubnet, {}).set(false); // those who wait now give up; those who come later wait for themselves
    });
    auto has = m_hasPodSubnet;
    const bool known = co_await has;
    if (!known)
        co_return failure("the node has no pod network yet (spec.podCIDR of its Node is not set)");
    auto address = m_pool->allocate(podUid);
    if (!address)
        co_return tl::unexpected(address.error());
    const PodLinkConfig config{podUid, *address, *m_pool->gateway()};
    const auto work = [paths = m_paths, config] { return ensurePodLink(paths, config); };
    const auto made = co_await runOnThread(m_parts.loop, work);
    if (!made)
        co_return tl::unexpected(made.error());
    co_return PodNetworkStatus{(m_paths.pods / podUid).string(), {address->toString()}};
}

Task<Result<void>> NodeNetwork::detach(std::string podUid)
{
    if (!isUsablePodUid(podUid) || !m_pool)
        co_return Result<void>();
    const auto work = [paths = m_paths, podUid] { return removePodLink(paths, podUid); };
    const auto removed = co_await runOnThread(m_parts.loop, work);
    if (!removed)
        co_return removed;
    co_return m_pool->release(podUid);
}

std::vector<std::string> NodeNetwork::attached() const
{
    return m_pool ? m_pool->owners() : std::vector<std::string>();
}

} // namespace kates::network
