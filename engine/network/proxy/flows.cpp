#include "engine/network/proxy/flows.h"

#include <algorithm>
#include <cstring>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <netinet/in.h>

#include "engine/network/link/netlink.h"
#include "engine/network/link/network_namespace.h"

namespace kates::network {

namespace {

constexpr std::size_t kStaleFlowsMax = 100'000; // per pass

struct Tuple {
    Ipv4 source, destination;
    int protocol = 0;
    std::uint16_t sourcePort = 0, destinationPort = 0;
};

NetlinkAttributes nested(const NetlinkAttributes& attributes, int attribute)
{
    const auto found = attributes.find(attribute);
    return {found.data(), found.size()};
}

std::uint16_t port(const NetlinkAttributes& attributes, int attribute)
{
    const auto found = attributes.find(attribute);
    std::uint16_t network = 0;
    if (found.size() == sizeof network)
        std::memcpy(&network, found.data(), sizeof network);
    return ntohs(network);
}

Tuple readTuple(const NetlinkAttributes& tuple)
{
    const auto ip = nested(tuple, CTA_TUPLE_IP);
    const auto protocol = nested(tuple, CTA_TUPLE_PROTO);
    const auto number = protocol.find(CTA_PROTO_NUM);
    return {ip.address(CTA_IP_V4_SRC).value_or(Ipv4()), ip.address(CTA_IP_V4_DST).value_or(Ipv4()),
        number.empty() ? 0 : static_cast<unsigned char>(number[0]), port(protocol, CTA_PROTO_SRC_PORT), port(protocol, CTA_PROTO_DST_PORT)};
}

bool isStale(const Tuple& original, const Tuple& reply, const std::vector<ValidFlows>& valid)
{
    if (original.protocol != IPPROTO_UDP)
        return false;
    for (const auto& one : valid) {
        if (one.port != original.destinationPort || (one.address && *one.address != original.destination))
            continue;
        // The answer comes from where the datagram went.
        const auto goes = [&](const Endpoint& endpoint) { return endpoint.address == reply.source && endpoint.port == reply.sourcePort; };
        return std::none_of(one.endpoints.begin(), one.endpoints.end(), goes);
    }
    return false;
}

constexpr int messageType(int type)
{
    return NFNL_SUBSYS_CTNETLINK << 8 | type;
}

} // namespace

std::vector<ValidFlows> validFlows(const ServicePort& port)
{
    std::vector<ValidFlows> all;
    if (port.protocol != "udp")
        return all;
    all.push_back({port.clusterIp, port.port, port.internalLocal ? port.localEndpoints : port.endpoints});
    for (const auto& address : port.externalIps)
        all.push_back({address, port.port, port.endpoints});
    if (port.nodePort != 0)
        all.push_back({std::nullopt, port.nodePort, port.endpoints});
    return all;
}

Result<void> forgetStaleFlows(const std::filesystem::path& nodeNamespace, const std::vector<ValidFlows>& valid)
{
    if (valid.empty())
        return {};
    if (auto entered = enterNetworkNamespace(nodeNamespace); !entered)
        return entered;
    auto socket = NetlinkSocket::open(NETLINK_NETFILTER);
    if (!socket)
        return tl::unexpected(socket.error());
    const nfgenmsg header{AF_INET, NFNETLINK_V0, 0};
    std::vector<std::string> stale;
    auto listed = socket->dump(NetlinkRequest(messageType(IPCTNL_MSG_CT_GET), NLM_F_DUMP, header), "list the tracked connections",
        [&](const nlmsghdr* message) {
            const NetlinkAttributes attributes(message, sizeof(nfgenmsg));
            const auto original = attributes.find(CTA_TUPLE_ORIG);
            if (stale.size() < kStaleFlowsMax
                && isStale(readTuple(nested(attributes, CTA_TUPLE_ORIG)), readTuple(nested(attributes, CTA_TUPLE_REPLY)), valid))
                stale.emplace_back(original);
        });
    if (!listed)
        return listed;
    for (const auto& tuple : stale) {
        NetlinkRequest request(messageType(IPCTNL_MSG_CT_DELETE), NLM_F_ACK, header);
        request.add(CTA_TUPLE_ORIG | NLA_F_NESTED, tuple.data(), tuple.size());
        auto removed = socket->execute(request, "forget a tracked connection");
        if (!removed && removed.error().systemError != ENOENT)
            return removed;
    }
    return {};
}

} // namespace kates::network
