#include "engine/network/link/route_socket.h"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sys/socket.h>

namespace kates::network {

namespace {

constexpr unsigned char kRouteProtocol = 86; // marks our routes; the numbers from RTPROT_STATIC up are free for use
constexpr int kCreate = NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
constexpr int kReplace = NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE;

Link toLink(const nlmsghdr* message)
{
    ifinfomsg info;
    std::memcpy(&info, NLMSG_DATA(message), sizeof info);
    const NetlinkAttributes attributes(message, sizeof info);
    return {info.ifi_index, attributes.text(IFLA_IFNAME), static_cast<int>(attributes.number(IFLA_MASTER)), (info.ifi_flags & IFF_UP) != 0};
}

bool isError(const Result<void>& result, int systemError)
{
    return !result && result.error().systemError == systemError;
}

rtmsg routeHeader(const Ipv4Prefix& destination)
{
    rtmsg header = {};
    header.rtm_family = AF_INET;
    header.rtm_dst_len = static_cast<unsigned char>(destination.length);
    header.rtm_table = RT_TABLE_MAIN;
    header.rtm_protocol = kRouteProtocol;
    header.rtm_type = RTN_UNICAST;
    return header;
}

} // namespace

Result<RouteSocket> RouteSocket::open()
{
    auto socket = NetlinkSocket::open(NETLINK_ROUTE);
    if (!socket)
        return tl::unexpected(socket.error());
    return RouteSocket(std::move(*socket));
}

Result<std::optional<Link>> RouteSocket::findLink(const std::string& name)
{
    std::optional<Link> found;
    NetlinkRequest request(RTM_GETLINK, NLM_F_ACK, ifinfomsg{});
    request.add(IFLA_IFNAME, name);
    auto got = m_socket.dump(request, "look for the link " + name, [&](const nlmsghdr* message) { found = toLink(message); });
    if (!got && got.error().systemError != ENODEV)
        return tl::unexpected(got.error());
    return found;
}

Result<std::vector<Link>> RouteSocket::links()
{
    std::vector<Link> all;
    auto got = m_socket.dump(NetlinkRequest(RTM_GETLINK, NLM_F_DUMP, ifinfomsg{}), "list the links",
        [&](const nlmsghdr* message) { all.push_back(toLink(message)); });
    if (!got)
        return tl::unexpected(got.error());
    return all;
}

Result<void> RouteSocket::ensureBridge(const std::string& name)
{
    NetlinkRequest request(RTM_NEWLINK, kCreate, ifinfomsg{});
    request.add(IFLA_IFNAME, name);
    request.nest(IFLA_LINKINFO, [](NetlinkRequest& info) { info.add(IFLA_INFO_KIND, std::string_view("bridge")); });
    auto made = m_socket.execute(request, "make the bridge " + name);
    return isError(made, EEXIST) ? Result<void>() : made;
}

Result<void> RouteSocket::addVeth(const std::string& name, const std::string& peer, int peerNamespace)
{
    NetlinkRequest request(RTM_NEWLINK, kCreate, ifinfomsg{});
    request.add(IFLA_IFNAME, name);
    request.nest(IFLA_LINKINFO, [&](NetlinkRequest& info) {
        info.add(IFLA_INFO_KIND, std::string_view("veth"));
        info.nest(IFLA_INFO_DATA, [&](NetlinkRequest& data) {
            const ifinfomsg header = {};
            data.nest(VETH_INFO_PEER, &header, sizeof header, [&](NetlinkRequest& other) {
                other.add(IFLA_IFNAME, peer);
                other.add(IFLA_NET_NS_FD, static_cast<std::uint32_t>(peerNamespace));
            });
        });
    });
    return m_socket.execute(request, fmt::format("make the link {} to {}", name, peer));
}

Result<void> RouteSocket::removeLink(const std::string& name)
{
    NetlinkRequest request(RTM_DELLINK, NLM_F_ACK, ifinfomsg{});
    request.add(IFLA_IFNAME, name);
    auto removed = m_socket.execute(request, "remove the link " + name);
    return isError(removed, ENODEV) ? Result<void>() : removed;
}

Result<void> RouteSocket::setMaster(int link, int master)
{
    ifinfomsg header = {};
    header.ifi_index = link;
    NetlinkRequest request(RTM_NEWLINK, NLM_F_ACK, header);
    request.add(IFLA_MASTER, static_cast<std::uint32_t>(master));
    return m_socket.execute(request, "plug a link into a bridge");
}

Result<void> RouteSocket::setUp(int link)
{
    ifinfomsg header = {};
    header.ifi_index = link;
    header.ifi_flags = header.ifi_change = IFF_UP;
    return m_socket.execute(NetlinkRequest(RTM_NEWLINK, NLM_F_ACK, header), "set a link up");
}

Result<void> RouteSocket::ensureAddress(int link, const Ipv4Prefix& address)
{
    ifaddrmsg header = {};
    header.ifa_family = AF_INET;
    header.ifa_prefixlen = static_cast<unsigned char>(address.length);
    header.ifa_index = static_cast<unsigned>(link);
    NetlinkRequest request(RTM_NEWADDR, kCreate, header);
    request.add(IFA_LOCAL, address.address).add(IFA_ADDRESS, address.address);
    auto added = m_socket.execute(request, "add the address " + address.toString());
    return isError(added, EEXIST) ? Result<void>() : added;
}

Result<void> RouteSocket::setRoute(const Route& route)
{
    auto header = routeHeader(route.destination);
    header.rtm_scope = route.gateway || route.unreachable ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK;
    header.rtm_type = route.unreachable ? RTN_UNREACHABLE : RTN_UNICAST;
    NetlinkRequest request(RTM_NEWROUTE, kReplace, header);
    if (!route.unreachable)
        request.add(RTA_OIF, static_cast<std::uint32_t>(route.link));
    if (route.destination.length > 0)
        request.add(RTA_DST, route.destination.address);
    if (route.gateway)
        request.add(RTA_GATEWAY, *route.gateway);
    if (route.source)
        request.add(RTA_PREFSRC, *route.source);
    return m_socket.execute(request, "set the route to " + route.destination.toString());
}

Result<void> RouteSocket::removeRoute(const Ipv4Prefix& destination)
{
    auto header = routeHeader(destination);
    header.rtm_scope = RT_SCOPE_NOWHERE; // any
    NetlinkRequest request(RTM_DELROUTE, NLM_F_ACK, header);
    if (destination.length > 0)
        request.add(RTA_DST, destination.address);
    auto removed = m_socket.execute(request, "remove the route to " + destination.toString());
    return isError(removed, ESRCH) ? Result<void>() : removed;
}

Result<std::vector<Route>> RouteSocket::routes()
{
    std::vector<Route> all;
    rtmsg header = {};
    header.rtm_family = AF_INET;
    auto got = m_socket.dump(NetlinkRequest(RTM_GETROUTE, NLM_F_DUMP, header), "list the routes", [&](const nlmsghdr* message) {
        rtmsg info;
        std::memcpy(&info, NLMSG_DATA(message), sizeof info);
        const NetlinkAttributes attributes(message, sizeof info);
        if (info.rtm_protocol != kRouteProtocol || info.rtm_table != RT_TABLE_MAIN)
            return;
        all.push_back({{attributes.address(RTA_DST).value_or(Ipv4()), info.rtm_dst_len}, attributes.address(RTA_GATEWAY),
            static_cast<int>(attributes.number(RTA_OIF)), attributes.address(RTA_PREFSRC),
            info.rtm_type == RTN_UNREACHABLE});
    });
    if (!got)
        return tl::unexpected(got.error());
    return all;
}

} // namespace kates::network
