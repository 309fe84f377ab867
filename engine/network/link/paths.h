// Every path of a cluster's network under the cluster's run directory:
//
//   network/lock                       held while the fabric is made
//   network/fabric                     network namespace: the switch between the nodes
//   network/nodes/<node>/node          network namespace of a node
//   network/nodes/<node>/pods/<uid>    network namespace of a pod
//   network/nodes/<node>/addresses/<ip>   whose pod address: the file holds the pod's uid
#pragma once

#include <filesystem>
#include <string>

namespace kates::network {

struct FabricPaths {
    std::filesystem::path root, lock, fabric;
    explicit FabricPaths(const std::filesystem::path& runDirectory)
        : root(runDirectory / "network"), lock(root / "lock"), fabric(root / "fabric")
    {
    }
};

struct NodePaths {
    std::filesystem::path root, node, pods, addresses;
    NodePaths(const FabricPaths& cluster, const std::string& nodeName)
        : root(cluster.root / "nodes" / nodeName), node(root / "node"), pods(root / "pods"), addresses(root / "addresses")
    {
    }
};

} // namespace kates::network
