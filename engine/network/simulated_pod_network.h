// Addresses for pods that run nothing: unique in the process, from kSimulatedSubnet, reachable by nobody.
#pragma once

#include <map>

#include "engine/network/link/ipv4.h"
#include "engine/network/pod_network.h"

namespace kates::network {

// Shared by all simulated nodes of a process, so that no two pods get the same address.
class SimulatedAddresses {
public:
    Ipv4 next();

private:
    std::uint32_t m_last = 0;
};

class SimulatedPodNetwork : public PodNetwork {
public:
    explicit SimulatedPodNetwork(SimulatedAddresses& addresses) : m_addresses(addresses) {}
    Task<Result<PodNetworkStatus>> attach(std::string podUid) override;
    Task<Result<void>> detach(std::string podUid) override;
    std::vector<std::string> attached() const override;
    std::string nodeNamespace() const override { return {}; }
    std::string dnsServer() const override { return {}; }

private:
    SimulatedAddresses& m_addresses;
    std::map<std::string, Ipv4> m_pods;
};

} // namespace kates::network
