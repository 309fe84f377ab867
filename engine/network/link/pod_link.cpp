#include "engine/network/link/pod_link.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "engine/network/link/fabric.h"
#include "engine/network/link/network_namespace.h"

namespace kates::network {

namespace {

constexpr std::size_t kPodUidMaxChars = 200;

// What container runtimes give a pod's network: ping without privileges, and low ports (containerd's enable_unprivileged_*).
Result<void> setPodSysctls()
{
    // Only group ids that the user namespace maps are accepted.
    for (const char* groups : {"0 2147483647", "0 65535", "0 0"})
        if (setSysctl("ipv4/ping_group_range", groups))
            break;
    return setSysctl("ipv4/ip_unprivileged_port_start", "0");
}

Result<void> configurePodEnd(const PodLinkConfig& config)
{
    auto pod = RouteSocket::open();
    if (!pod)
        return tl::unexpected(pod.error());
    auto link = pod->findLink(kPodLink);
    if (!link || !*link)
        return link ? failure("the pod's link is gone") : tl::unexpected(link.error());
    const int index = (*link)->index;
    if (auto added = pod->ensureAddress(index, {config.address, 32}); !added)
        return added;
    if (auto up = pod->setUp(index); !up)
        return up;
    if (auto set = pod->setRoute({{config.gateway, 32}, std::nullopt, index, std::nullopt}); !set)
        return set;
    return pod->setRoute({{Ipv4(), 0}, config.gateway, index, std::nullopt});
}

Result<void> configureNodeEnd(RouteSocket& node, const std::string& name, const PodLinkConfig& config)
{
    auto link = node.findLink(name);
    if (!link || !*link)
        return link ? failure("the pod's link is gone") : tl::unexpected(link.error());
    if (auto up = node.setUp((*link)->index); !up)
        return up;
    return node.setRoute({{config.address, 32}, std::nullopt, (*link)->index, config.gateway});
}

} // namespace

std::string podLinkName(const std::string& podUid)
{
    std::uint64_t hash = 14695981039346656037u; // FNV-1a, folded to what fits in IFNAMSIZ
    for (unsigned char character : podUid)
        hash = (hash ^ character) * 1099511628211u;
    return fmt::format("veth{:011x}", (hash ^ hash >> 44) & ((std::uint64_t(1) << 44) - 1));
}

bool isUsablePodUid(const std::string& podUid)
{
    const auto allowed = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.'; };
    return !podUid.empty() && podUid.size() <= kPodUidMaxChars && podUid[0] != '.' && std::all_of(podUid.begin(), podUid.end(), allowed);
}

Result<void> ensurePodLink(const NodePaths& paths, const PodLinkConfig& config)
{
    const auto name = podLinkName(config.podUid);
    const auto path = paths.pods / config.podUid;
    if (auto entered = enterNetworkNamespace(paths.node); !entered)
        return entered;
    auto node = RouteSocket::open();
    if (!node)
        return tl::unexpected(node.error());
    auto link = node->findLink(name);
    if (!link)
        return tl::unexpected(link.error());
    // The node's end is set up last: when it is up, everything is.
    if (*link && (*link)->up && isNetworkNamespace(path))
        return {};
    if (*link)
        if (auto removed = node->removeLink(name); !removed)
            return removed;
    if (auto removed = removeNetworkNamespace(path); !removed)
        return removed;
    if (auto made = enterNewNetworkNamespace(path); !made)
        return made;
    if (auto set = setPodSysctls(); !set)
        return set;
    auto pod = openNetworkNamespace(path);
    if (!pod)
        return tl::unexpected(pod.error());
    if (auto added = node->addVeth(name, kPodLink, pod->get()); !added)
        return added;
    if (auto configured = configurePodEnd(config); !configured)
        return configured;
    return configureNodeEnd(*node, name, config);
}

Result<void> removePodLink(const NodePaths& paths, const std::string& podUid)
{
    if (isNetworkNamespace(paths.node)) {
        if (auto entered = enterNetworkNamespace(paths.node); !entered)
            return entered;
        auto node = RouteSocket::open();
        if (!node)
            return tl::unexpected(node.error());
        if (auto removed = node->removeLink(podLinkName(podUid)); !removed)
            return removed;
    }
    return removeNetworkNamespace(paths.pods / podUid);
}

} // namespace kates::network
