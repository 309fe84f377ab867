#include "engine/network/simulated_pod_network.h"

namespace kates::network {

Ipv4 SimulatedAddresses::next()
{
    m_last = static_cast<std::uint32_t>((m_last + 1) % kSimulatedSubnet.size());
    return kSimulatedSubnet.at(m_last);
}

Task<Result<PodNetworkStatus>> SimulatedPodNetwork::attach(std::string podUid)
{
    auto [found, fresh] = m_pods.try_emplace(podUid);
    if (fresh)
        found->second = m_addresses.next();
    co_return PodNetworkStatus{"simulated", {found->second.toString()}};
}

Task<Result<void>> SimulatedPodNetwork::detach(std::string podUid)
{
    m_pods.erase(podUid);
    co_return Result<void>();
}

std::vector<std::string> SimulatedPodNetwork::attached() const
{
    std::vector<std::string> uids;
    for (const auto& [uid, address] : m_pods)
        uids.push_back(uid);
    return uids;
}

} // namespace kates::network
