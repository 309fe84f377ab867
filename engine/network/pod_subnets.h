// Which node has which pod subnet, as the Node objects say: this node's own, and the routes to the others'. Keeps the routes in the kernel up to
// date.
#pragma once

#include <functional>
#include <set>

#include "engine/client/informer.h"
#include "engine/network/link/fabric.h"

namespace kates::network {

// The first IPv4 subnet of spec.podCIDRs (or spec.podCIDR).
[[nodiscard]] std::optional<Ipv4Prefix> podSubnetOf(const api::Value& node);
// From the other nodes that have a pod subnet and an InternalIP in the fabric; those with an address elsewhere (simulated nodes) are left out.
[[nodiscard]] std::set<PodSubnetRoute> podSubnetRoutes(
    const std::vector<api::Value>& nodes, std::string_view ownName, const Ipv4Prefix& fabricSubnet);

class PodSubnets {
public:
    // `ownSubnet` is called when this node's subnet is known, and when it changes.
    PodSubnets(Loop& loop, client::Informer& nodes, std::string ownName, Ipv4Prefix fabricSubnet, NodePaths paths,
        std::function<void(const Ipv4Prefix&)> ownSubnet);
    ~PodSubnets();
    void start(); // the node's namespace exists now
    Task<void> stop();

private:
    void changed();
    Task<void> run();

    Loop& m_loop;
    client::Informer& m_nodes;
    std::string m_ownName;
    Ipv4Prefix m_fabricSubnet;
    NodePaths m_paths;
    std::function<void(const Ipv4Prefix&)> m_ownSubnet;
    std::optional<Ipv4Prefix> m_known;
    std::optional<std::set<PodSubnetRoute>> m_applied;
    TaskGroup m_tasks;
    bool m_started = false, m_running = false;
};

} // namespace kates::network
