#include "engine/network/dns/dns_server.h"

#include <algorithm>
#include <netinet/in.h>
#include <sys/socket.h>

#include "engine/base/log.h"
#include "engine/http/client.h"

namespace kates::network::dns {

struct DnsServer::Peer {
    sockaddr_in address = {};
};

namespace {

constexpr int kBacklog = 64;
constexpr std::size_t kUdpQueryMax = 4'096;

Result<OwnedFd> bindSocket(int type, Ipv4 address, int port)
{
    OwnedFd socket(::socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int on = 1;
    if (socket && type == SOCK_STREAM)
        ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in bound = {};
    bound.sin_family = AF_INET;
    bound.sin_port = htons(static_cast<std::uint16_t>(port));
    bound.sin_addr.s_addr = htonl(address.value());
    if (!socket || ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&bound), sizeof bound) != 0
        || (type == SOCK_STREAM && ::listen(socket.get(), kBacklog) != 0))
        return systemFailure(fmt::format("listen for DNS on {}:{}", address.toString(), port));
    return socket;
}

} // namespace

Result<DnsSockets> openDnsSockets(Ipv4 address, int port)
{
    auto tcp = bindSocket(SOCK_STREAM, address, port);
    if (!tcp)
        return tl::unexpected(tcp.error());
    sockaddr_in bound = {};
    socklen_t size = sizeof bound;
    ::getsockname(tcp->get(), reinterpret_cast<sockaddr*>(&bound), &size);
    auto udp = bindSocket(SOCK_DGRAM, address, ntohs(bound.sin_port));
    if (!udp)
        return tl::unexpected(udp.error());
    return DnsSockets{std::move(*udp), std::move(*tcp)};
}

DnsServer::DnsServer(Loop& loop, Random& random, const ServiceCache& services, DnsServerOptions options)
    : m_loop(loop)
    , m_services(services)
    , m_options(std::move(options))
    , m_zone(services, m_options.domain)
    , m_resolvers(m_options.resolvConf)
    , m_cache(loop)
    , m_upstream(loop, random, m_options.upstreamPort)
    , m_tasks(loop)
{
}

DnsServer::~DnsServer() = default;

void DnsServer::start(DnsSockets sockets)
{
    m_sockets = std::move(sockets);
    m_udpWatch = m_loop.watch(m_sockets.udp.get(), Readable, [this](int) { receive(); });
    m_tcpWatch = m_loop.watch(m_sockets.tcp.get(), Readable, [this](int) { acceptTcp(); });
}

Task<void> DnsServer::stop()
{
    m_udpWatch.reset();
    m_tcpWatch.reset();
    m_tasks.requestStop();
    co_await m_tasks.finished();
    m_sockets = {};
}

std::size_t DnsServer::sizeMax(const Query& query, bool tcp)
{
    return tcp ? kTcpSizeMax : query.udpSizeMax();
}

std::optional<std::string> DnsServer::respondNow(const ParsedQuery& parsed, bool tcp)
{
    if (parsed.drop)
        return std::string();
    const auto& query = parsed.query;
    auto error = parsed.error;
    if (error == NoError && query.queryClass != kClassIn)
        error = Refused;
    if (error != NoError)
        return writeResponse(query, {error, false, {}, {}, {}}, sizeMax(query, tcp));
    auto answer = m_zone.answer(query.name, query.type);
    if (!answer)
        return m_cache.find(query);
    // Before everything is known, "there is no such name" would be a lie.
    if (!m_services.synced())
        return writeResponse(query, {ServFail, false, {}, {}, {}}, sizeMax(query, tcp));
    if (!answer->answers.empty())
        std::rotate(
            answer->answers.begin(), answer->answers.begin() + static_cast<std::ptrdiff_t>(m_turn++ % answer->answers.size()), answer->answers.end());
    return writeResponse(query, *answer, sizeMax(query, tcp));
}

Task<std::string> DnsServer::forward(std::string message, Query query, bool tcp)
{
    auto servers = m_resolvers.get();
    std::erase(servers, m_options.address);
    auto response = co_await m_upstream.ask(std::move(message), query, std::move(servers), tcp, m_tasks.stopToken());
    if (!response) {
        log::debug("network", "a DNS question is not answered", "name", query.name, "error", response.error().message);
        co_return writeResponse(query, {ServFail, false, {}, {}, {}}, sizeMax(query, tcp));
    }
    // What came over TCP may be too large for the next asker's datagram.
    if (!tcp)
        m_cache.add(query, response->message, response->info);
    co_return std::move(response->message);
}

Task<std::string> DnsServer::respond(std::string message, bool tcp)
{
    const auto parsed = parseQuery(message);
    if (auto now = respondNow(parsed, tcp))
        co_return std::move(*now);
    co_return co_await forward(std::move(message), parsed.query, tcp);
}

void DnsServer::receive()
{
    for (int count = 0; count < kDatagramsPerTurn; ++count) {
        char buffer[kUdpQueryMax];
        Peer peer;
        socklen_t size = sizeof peer.address;
        const auto got = ::recvfrom(m_sockets.udp.get(), buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&peer.address), &size);
        if (got < 0)
            return;
        const std::string_view message(buffer, static_cast<std::size_t>(got));
        const auto parsed = parseQuery(message);
        if (const auto now = respondNow(parsed, false); !now)
            m_tasks.spawn(forwardUdp(std::string(message), std::make_unique<Peer>(peer)));
        else if (!now->empty())
            ::sendto(m_sockets.udp.get(), now->data(), now->size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&peer.address), size);
    }
}

Task<void> DnsServer::forwardUdp(std::string message, std::unique_ptr<Peer> peer)
{
    auto query = parseQuery(message).query;
    const auto response = co_await forward(std::move(message), std::move(query), false);
    if (m_sockets.udp)
        ::sendto(m_sockets.udp.get(), response.data(), response.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&peer->address),
            sizeof peer->address);
}

void DnsServer::acceptTcp()
{
    OwnedFd connection(::accept4(m_sockets.tcp.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (connection && m_tcpConnections < kTcpConnectionsMax)
        m_tasks.spawn(serveTcp(http::streamFromFd(m_loop, connection.release())));
}

Task<void> DnsServer::serveTcp(std::shared_ptr<http::Stream> stream)
{
    ++m_tcpConnections;
    std::stop_callback stopped(m_tasks.stopToken(), [this, stream] { m_loop.post([stream] { stream->close(); }); });
    co_await serveFrames(stream);
    --m_tcpConnections;
}

// Questions one after the other, each behind its length, until the peer ends or is idle for too long.
Task<void> DnsServer::serveFrames(std::shared_ptr<http::Stream> stream)
{
    std::string bytes;
    for (;;) {
        auto idle = m_loop.after(kTcpIdleMax, [stream] { stream->close(); });
        auto more = co_await stream->read();
        if (!more || more->empty())
            co_return;
        bytes += *more;
        while (bytes.size() >= 2 && bytes.size() >= 2u + readNumber16(bytes, 0)) {
            const std::size_t size = readNumber16(bytes, 0);
            const auto response = co_await respond(bytes.substr(2, size), true);
            bytes.erase(0, 2 + size);
            if (response.empty())
                co_return;
            std::string framed(2, '\0');
            writeNumber16(framed, 0, static_cast<std::uint16_t>(response.size()));
            auto written = co_await stream->write(framed + response);
            if (!written)
                co_return;
        }
    }
}

} // namespace kates::network::dns
