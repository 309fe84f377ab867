// The cluster's DNS server, one on each node at the cluster DNS address: the cluster's zone itself, everything else by way of the host's resolvers.
// UDP, and TCP for answers that are too large.
#pragma once

#include "engine/base/files.h"
#include "engine/http/stream.h"
#include "engine/network/dns/cluster_zone.h"
#include "engine/network/dns/resolv_conf.h"
#include "engine/network/dns/response_cache.h"
#include "engine/network/dns/upstream.h"

namespace kates::network::dns {

constexpr int kTcpConnectionsMax = 100;
constexpr Duration kTcpIdleMax = std::chrono::seconds(10);
constexpr int kDatagramsPerTurn = 32; // then other work gets its turn

struct DnsServerOptions {
    std::string domain = "cluster.local";
    std::filesystem::path resolvConf = "/etc/resolv.conf"; // of the host
    Ipv4 address;         // our own: never asked as a resolver
    int upstreamPort = 53;
};

// Bound UDP and listening TCP sockets on the same port, in the calling thread's network namespace. Port 0: any that is free for both.
struct DnsSockets {
    OwnedFd udp, tcp;
};
[[nodiscard]] Result<DnsSockets> openDnsSockets(Ipv4 address, int port);

class DnsServer {
public:
    // `services` and `random` must outlive this object.
    DnsServer(Loop& loop, Random& random, const ServiceCache& services, DnsServerOptions options);
    ~DnsServer();
    void start(DnsSockets sockets);
    Task<void> stop();

    // The response to one message; empty: none may be sent. For tests too.
    Task<std::string> respond(std::string message, bool tcp);

private:
    struct Peer; // an address to answer to
    void receive();
    Task<void> forwardUdp(std::string message, std::unique_ptr<Peer> peer);
    void acceptTcp();
    Task<void> serveTcp(std::shared_ptr<http::Stream> stream);
    Task<void> serveFrames(std::shared_ptr<http::Stream> stream);
    // What can be said without asking anybody; nullopt: somebody has to be asked.
    std::optional<std::string> respondNow(const ParsedQuery& parsed, bool tcp);
    Task<std::string> forward(std::string message, Query query, bool tcp);
    static std::size_t sizeMax(const Query& query, bool tcp);

    Loop& m_loop;
    const ServiceCache& m_services;
    DnsServerOptions m_options;
    ClusterZone m_zone;
    HostResolvers m_resolvers;
    ResponseCache m_cache;
    Upstream m_upstream;
    DnsSockets m_sockets;
    Registration m_udpWatch, m_tcpWatch;
    TaskGroup m_tasks;
    int m_tcpConnections = 0;
    std::size_t m_turn = 0; // rotates answers, so that clients that take the first one spread
};

} // namespace kates::network::dns
