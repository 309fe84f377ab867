#include "engine/network/forward/datagram_forwarder.h"

#include <algorithm>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>

#include "engine/network/link/network_namespace.h"

namespace kates::network {

namespace {

constexpr std::size_t kDatagramMaxBytes = 65'535;
constexpr int kDatagramsPerTurn = 32;

sockaddr_in socketAddress(Ipv4 address, std::uint16_t port)
{
    sockaddr_in result = {};
    result.sin_family = AF_INET;
    result.sin_port = htons(port);
    result.sin_addr.s_addr = htonl(address.value());
    return result;
}

OwnedFd makeUdpSocket()
{
    return OwnedFd(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

// About 0.1 ms: see run_on_thread.h why a thread.
OwnedFd connectUdp(const DatagramForwarder::Target& target)
{
    OwnedFd socket;
    if (target.networkNamespace.empty())
        socket = makeUdpSocket();
    else
        std::thread([&] {
            if (enterNetworkNamespace(target.networkNamespace))
                socket = makeUdpSocket();
        }).join();
    const auto peer = socketAddress(target.address, target.port);
    if (!socket || ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer) != 0)
        return {};
    return socket;
}

} // namespace

Result<OwnedFd> bindUdp(const std::string& address, int port)
{
    const auto parsed = Ipv4::parse(address);
    if (!parsed)
        return failure("\"" + address + "\" is no IPv4 address");
    auto socket = makeUdpSocket();
    const auto bound = socketAddress(*parsed, static_cast<std::uint16_t>(port));
    if (!socket || ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&bound), sizeof bound) != 0)
        return systemFailure(fmt::format("bind UDP port {}:{}", address, port));
    return socket;
}

DatagramForwarder::DatagramForwarder(Loop& loop, OwnedFd bound, Target target)
    : m_loop(loop), m_bound(std::move(bound)), m_target(std::move(target))
{
    m_watch = m_loop.watch(m_bound.get(), Readable, [this](int) { receive(); });
}

void DatagramForwarder::receive()
{
    for (int count = 0; count < kDatagramsPerTurn; ++count) {
        char buffer[kDatagramMaxBytes];
        sockaddr_in peer = {};
        socklen_t size = sizeof peer;
        const auto got = ::recvfrom(m_bound.get(), buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&peer), &size);
        if (got < 0)
            return;
        if (auto* client = clientFor(std::uint64_t(ntohl(peer.sin_addr.s_addr)) << 16 | ntohs(peer.sin_port)))
            ::send(client->far.get(), buffer, static_cast<std::size_t>(got), MSG_NOSIGNAL);
    }
}

DatagramForwarder::Client* DatagramForwarder::clientFor(ClientKey key)
{
    auto found = m_clients.find(key);
    if (found == m_clients.end()) {
        auto far = connectUdp(m_target);
        if (!far)
            return nullptr;
        if (m_clients.size() >= kDatagramClientsMax)
            m_clients.erase(std::min_element(m_clients.begin(), m_clients.end(),
                [](const auto& a, const auto& b) { return a.second.lastUsed < b.second.lastUsed; }));
        found = m_clients.emplace(key, Client{std::move(far), {}, {}}).first;
        found->second.watch = m_loop.watch(found->second.far.get(), Readable, [this, key](int) { answer(key); });
        if (!m_idleTimer)
            m_idleTimer = m_loop.after(kDatagramClientIdleMax, [this] { dropIdle(); });
    }
    found->second.lastUsed = m_loop.now();
    return &found->second;
}

void DatagramForwarder::answer(ClientKey key)
{
    auto& client = m_clients.at(key);
    const auto peer = socketAddress(Ipv4(static_cast<std::uint32_t>(key >> 16)), static_cast<std::uint16_t>(key & 0xffff));
    char buffer[kDatagramMaxBytes];
    const auto got = ::recv(client.far.get(), buffer, sizeof buffer, 0); // an error says that nobody listens there: UDP's clients are not told
    if (got < 0)
        return;
    client.lastUsed = m_loop.now();
    ::sendto(m_bound.get(), buffer, static_cast<std::size_t>(got), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&peer), sizeof peer);
}

// The timer runs only while there are clients.
void DatagramForwarder::dropIdle()
{
    m_idleTimer.reset();
    const auto limit = m_loop.now() - kDatagramClientIdleMax;
    std::erase_if(m_clients, [limit](const auto& client) { return client.second.lastUsed <= limit; });
    if (!m_clients.empty())
        m_idleTimer = m_loop.after(kDatagramClientIdleMax / 2, [this] { dropIdle(); });
}

} // namespace kates::network
