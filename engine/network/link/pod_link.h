// A pod's namespace and its link to the node. The link is routed, not bridged: the pod has an address of its own (/32) and the node as its gateway,
// the node has one route per pod. So all of a pod's traffic passes the node's IP layer, where service rules and connection tracking see both
// directions, and nothing depends on br_netfilter (which an ordinary user could not load).
//
// The calls block (runOnThread) and are idempotent. Calls for different pods may run at the same time.
#pragma once

#include "engine/network/link/paths.h"
#include "engine/network/link/route_socket.h"

namespace kates::network {

struct PodLinkConfig {
    std::string podUid;
    Ipv4 address;
    Ipv4 gateway; // answered by the node, see ensureGateway()
};
[[nodiscard]] Result<void> ensurePodLink(const NodePaths& paths, const PodLinkConfig& config);
[[nodiscard]] Result<void> removePodLink(const NodePaths& paths, const std::string& podUid);

// The name of the link's end in the node's namespace.
[[nodiscard]] std::string podLinkName(const std::string& podUid);
// A uid that can be a file name: letters, digits, '-', '_' and '.', not hidden, at most 200 characters.
[[nodiscard]] bool isUsablePodUid(const std::string& podUid);

} // namespace kates::network
