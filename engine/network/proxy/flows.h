// Connection tracking remembers where each flow of datagrams goes. When a UDP service's endpoints change, flows that go to an endpoint that is no
// longer one must be forgotten, or a client that keeps sending would never reach another (TCP needs nothing: its connections end by themselves).
#pragma once

#include <filesystem>
#include <vector>

#include "engine/base/result.h"
#include "engine/network/proxy/service_port.h"

namespace kates::network {

// The flows to one UDP address that may stay.
struct ValidFlows {
    std::optional<Ipv4> address; // the service's; none: any (a NodePort)
    std::uint16_t port = 0;
    std::vector<Endpoint> endpoints; // sorted
};

// All addresses of a UDP port; empty for other protocols.
[[nodiscard]] std::vector<ValidFlows> validFlows(const ServicePort& port);

// Forgets every UDP flow of the node that goes to one of these addresses and to none of its endpoints. Blocks: runOnThread().
[[nodiscard]] Result<void> forgetStaleFlows(const std::filesystem::path& nodeNamespace, const std::vector<ValidFlows>& valid);

} // namespace kates::network
