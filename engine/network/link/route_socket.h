// Links, addresses and routes of one network namespace (rtnetlink). Blocking: see NetlinkSocket. "ensure" calls are idempotent: what is already as
// asked stays.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/network/link/netlink.h"

namespace kates::network {

struct Link {
    int index = 0;
    std::string name;
    int master = 0; // index of the bridge it is a port of
    bool up = false;
};

struct Route {
    Ipv4Prefix destination; // 0.0.0.0/0: the default
    std::optional<Ipv4> gateway; // none: on the link
    int link = 0; // index
    std::optional<Ipv4> source; // the address that the node's own connections use
    bool unreachable = false;   // no link: whoever tries is told at once
    bool operator==(const Route&) const = default;
};

class RouteSocket {
public:
    // For the calling thread's namespace.
    [[nodiscard]] static Result<RouteSocket> open();

    [[nodiscard]] Result<std::optional<Link>> findLink(const std::string& name);
    [[nodiscard]] Result<std::vector<Link>> links();
    [[nodiscard]] Result<void> ensureBridge(const std::string& name);
    // One end here, the other in the namespace of the descriptor. systemError is EEXIST when either name is taken.
    [[nodiscard]] Result<void> addVeth(const std::string& name, const std::string& peer, int peerNamespace);
    [[nodiscard]] Result<void> removeLink(const std::string& name); // no such link: fine
    [[nodiscard]] Result<void> setMaster(int link, int master);
    [[nodiscard]] Result<void> setUp(int link);
    [[nodiscard]] Result<void> ensureAddress(int link, const Ipv4Prefix& address);
    // Adds the route or replaces the one to the same destination.
    [[nodiscard]] Result<void> setRoute(const Route& route);
    [[nodiscard]] Result<void> removeRoute(const Ipv4Prefix& destination); // no such route: fine
    // Those of the main table that were added by setRoute() (their protocol is ours), from this process or an earlier one.
    [[nodiscard]] Result<std::vector<Route>> routes();

private:
    explicit RouteSocket(NetlinkSocket socket) : m_socket(std::move(socket)) {}
    NetlinkSocket m_socket;
};

} // namespace kates::network
