// The cluster's fabric (one switch in a namespace of its own) and the nodes plugged into it.
//
//   fabric namespace: bridge "fabric", <subnet>.1 ──┬── node1 … node namespace: eth0 <subnet>.n
//                                                   └── node2 …
//
// All calls block for a few milliseconds and enter namespaces: run them with runOnThread(). All are idempotent, over restarts too.
#pragma once

#include <vector>

#include "engine/network/link/paths.h"
#include "engine/network/link/route_socket.h"

namespace kates::network {

constexpr const char* kNodeLink = "eth0"; // in a node's namespace, towards the fabric
constexpr const char* kPodLink = "eth0";  // in a pod's namespace

// The address of node number `index` (from 0): the subnet's first address is the fabric's own. An error when the subnet is too small.
[[nodiscard]] Result<Ipv4> nodeAddress(const Ipv4Prefix& fabricSubnet, std::uint32_t index);

[[nodiscard]] Result<void> ensureFabric(const FabricPaths& paths, const Ipv4Prefix& subnet);

struct NodeLinkConfig {
    Ipv4 address;
    Ipv4Prefix fabricSubnet;
    std::vector<Ipv4> localAddresses; // also answered by the node itself: cluster DNS, the API server's forwarder
};
[[nodiscard]] Result<void> ensureNode(const FabricPaths& cluster, const NodePaths& paths, const NodeLinkConfig& config);

// The node answers to the pod subnet's first address: it is its pods' gateway.
[[nodiscard]] Result<void> ensureGateway(const NodePaths& paths, Ipv4 gateway);

struct PodSubnetRoute {
    Ipv4Prefix podSubnet;
    Ipv4 node; // by this node's address
    auto operator<=>(const PodSubnetRoute&) const = default;
};
// Makes the routes to other nodes' pods these, and no others.
[[nodiscard]] Result<void> syncPodSubnetRoutes(const NodePaths& paths, std::vector<PodSubnetRoute> wanted);

// Frees the node's and its pods' namespaces, and its files.
[[nodiscard]] Result<void> removeNode(const NodePaths& paths);
// Frees every namespace of the cluster, and its files.
[[nodiscard]] Result<void> removeFabric(const FabricPaths& paths);

} // namespace kates::network
