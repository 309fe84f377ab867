#include "engine/network/link/fabric.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include "engine/network/link/network_namespace.h"

namespace kates::network {

namespace {

constexpr const char* kFabricBridge = "fabric";
constexpr int kLoopbackIndex = 1;

// Explicit, because new namespaces take the host's settings. With rp_filter a pod cannot send from an address that is not its own.
Result<void> setRouterSysctls()
{
    const std::pair<const char*, const char*> settings[] = {{"ipv4/ip_forward", "1"}, {"ipv4/conf/all/rp_filter", "1"},
        {"ipv4/conf/default/rp_filter", "1"}, {"ipv4/conf/all/arp_ignore", "0"}, {"ipv4/conf/default/arp_ignore", "0"}};
    for (const auto& [name, value] : settings)
        if (auto set = setSysctl(name, value); !set)
            return set;
    return {};
}

Result<int> requireLink(RouteSocket& socket, const std::string& name)
{
    auto link = socket.findLink(name);
    if (!link)
        return tl::unexpected(link.error());
    if (!*link)
        return failure("the link " + name + " is gone");
    return (*link)->index;
}

Result<RouteSocket> enterAndOpen(const std::filesystem::path& path)
{
    if (auto entered = enterNetworkNamespace(path); !entered)
        return tl::unexpected(entered.error());
    return RouteSocket::open();
}

Result<void> enterOrMake(const std::filesystem::path& path)
{
    return isNetworkNamespace(path) ? enterNetworkNamespace(path) : enterNewNetworkNamespace(path);
}

Result<void> configureFabric(const Ipv4Prefix& subnet)
{
    auto socket = RouteSocket::open();
    if (!socket)
        return tl::unexpected(socket.error());
    if (auto set = setRouterSysctls(); !set)
        return set;
    if (auto made = socket->ensureBridge(kFabricBridge); !made)
        return made;
    auto bridge = requireLink(*socket, kFabricBridge);
    if (!bridge)
        return tl::unexpected(bridge.error());
    if (auto added = socket->ensureAddress(*bridge, {subnet.at(1), subnet.length}); !added)
        return added;
    return socket->setUp(*bridge);
}

// A cable between a port of the fabric's bridge and the node.
Result<void> plugIn(RouteSocket& fabric, const std::string& port, const std::filesystem::path& node)
{
    auto target = openNetworkNamespace(node);
    if (!target)
        return tl::unexpected(target.error());
    auto added = fabric.addVeth(port, kNodeLink, target->get());
    if (!added && added.error().systemError == EEXIST) {
        // Left from a namespace of this node that the kernel has not freed yet.
        if (auto removed = fabric.removeLink(port); !removed)
            return removed;
        added = fabric.addVeth(port, kNodeLink, target->get());
    }
    if (!added)
        return added;
    auto bridge = requireLink(fabric, kFabricBridge);
    auto end = requireLink(fabric, port);
    if (!bridge || !end)
        return tl::unexpected(bridge ? end.error() : bridge.error());
    if (auto set = fabric.setMaster(*end, *bridge); !set)
        return set;
    return fabric.setUp(*end);
}

Result<void> configureNode(RouteSocket& node, const NodeLinkConfig& config)
{
    auto link = requireLink(node, kNodeLink);
    if (!link)
        return tl::unexpected(link.error());
    if (auto added = node.ensureAddress(*link, {config.address, config.fabricSubnet.length}); !added)
        return added;
    if (auto up = node.setUp(*link); !up)
        return up;
    for (const auto& address : config.localAddresses)
        if (auto added = node.ensureAddress(kLoopbackIndex, {address, 32}); !added)
            return added;
    // Services may have endpoints that are simulated pods: an error at once instead of a way out to the world.
    if (auto set = node.setRoute({kSimulatedSubnet, std::nullopt, 0, std::nullopt, true}); !set)
        return set;
    return node.setRoute({Ipv4Prefix{Ipv4(), 0}, config.fabricSubnet.at(1), *link, config.address});
}

} // namespace

Result<Ipv4> nodeAddress(const Ipv4Prefix& fabricSubnet, std::uint32_t index)
{
    // Not the network's own address, the fabric's, or the broadcast address.
    if (fabricSubnet.size() < 4 || index >= fabricSubnet.size() - 3)
        return failure(fmt::format("the node network {} has no address for node number {}", fabricSubnet.toString(), index + 1));
    return fabricSubnet.at(index + 2);
}

Result<void> ensureFabric(const FabricPaths& paths, const Ipv4Prefix& subnet)
{
    if (auto made = makeDirectories(paths.root); !made)
        return made;
    // Node processes that start at the same time each come here.
    OwnedFd lock(::open(paths.lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock || ::flock(lock.get(), LOCK_EX) != 0)
        return systemFailure("lock " + paths.lock.string());
    if (auto entered = enterOrMake(paths.fabric); !entered)
        return entered;
    return configureFabric(subnet);
}

Result<void> ensureNode(const FabricPaths& cluster, const NodePaths& paths, const NodeLinkConfig& config)
{
    if (auto made = makeDirectories(paths.pods); !made)
        return made;
    auto fabric = enterAndOpen(cluster.fabric);
    if (!fabric)
        return tl::unexpected(fabric.error());
    if (auto entered = enterOrMake(paths.node); !entered)
        return entered;
    if (auto set = setRouterSysctls(); !set)
        return set;
    auto node = RouteSocket::open();
    if (!node)
        return tl::unexpected(node.error());
    auto link = node->findLink(kNodeLink);
    if (!link)
        return tl::unexpected(link.error());
    const auto port = fmt::format("node{}", config.address.value() - config.fabricSubnet.subnet().address.value() - 1);
    if (!*link)
        if (auto plugged = plugIn(*fabric, port, paths.node); !plugged)
            return plugged;
    return configureNode(*node, config);
}

Result<void> ensureGateway(const NodePaths& paths, Ipv4 gateway)
{
    auto node = enterAndOpen(paths.node);
    if (!node)
        return tl::unexpected(node.error());
    return node->ensureAddress(kLoopbackIndex, {gateway, 32});
}

Result<void> syncPodSubnetRoutes(const NodePaths& paths, std::vector<PodSubnetRoute> wanted)
{
    auto node = enterAndOpen(paths.node);
    if (!node)
        return tl::unexpected(node.error());
    auto link = requireLink(*node, kNodeLink);
    auto present = node->routes();
    if (!link || !present)
        return tl::unexpected(link ? present.error() : link.error());
    for (const auto& route : *present) {
        if (!route.gateway || route.destination.length == 0)
            continue; // a pod of this node; the default
        const PodSubnetRoute same{route.destination, *route.gateway};
        if (auto found = std::find(wanted.begin(), wanted.end(), same); found != wanted.end()) {
            wanted.erase(found);
            continue;
        }
        if (auto removed = node->removeRoute(route.destination); !removed)
            return removed;
    }
    for (const auto& route : wanted)
        if (auto set = node->setRoute({route.podSubnet, route.node, *link, std::nullopt}); !set)
            return set;
    return {};
}

Result<void> removeNode(const NodePaths& paths)
{
    std::error_code ignored;
    for (const auto& pod : std::filesystem::directory_iterator(paths.pods, ignored))
        if (auto removed = removeNetworkNamespace(pod.path()); !removed)
            return removed;
    if (auto removed = removeNetworkNamespace(paths.node); !removed)
        return removed;
    return removeTree(paths.root);
}

Result<void> removeFabric(const FabricPaths& paths)
{
    std::error_code ignored;
    for (const auto& node : std::filesystem::directory_iterator(paths.root / "nodes", ignored))
        if (auto removed = removeNode(NodePaths(paths, node.path().filename())); !removed)
            return removed;
    if (auto removed = removeNetworkNamespace(paths.fabric); !removed)
        return removed;
    return removeTree(paths.root);
}

} // namespace kates::network
