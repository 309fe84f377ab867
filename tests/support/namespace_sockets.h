// Blocking sockets in a network namespace, for end-to-end tests: a small echo server, a client, a ping.
#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <cstring>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/network/link/network_namespace.h"
#include "tests/support/show_strings.h"

namespace kates::test {

// Runs `work` on a thread inside the namespace (an empty path: where we are).
template <typename Work>
auto inNamespace(const std::string& path, Work work)
{
    std::invoke_result_t<Work> result{};
    std::thread thread([&] {
        if (path.empty() || network::enterNetworkNamespace(path))
            result = work();
    });
    thread.join();
    return result;
}

// An IPv4 address of this host that is not its loopback's; empty when it has none.
inline std::string hostAddress()
{
    ifaddrs* all = nullptr;
    std::string found;
    if (::getifaddrs(&all) != 0)
        return found;
    for (auto* one = all; one && found.empty(); one = one->ifa_next)
        if (one->ifa_addr && one->ifa_addr->sa_family == AF_INET && !(one->ifa_flags & IFF_LOOPBACK))
            found = ::inet_ntoa(reinterpret_cast<sockaddr_in*>(one->ifa_addr)->sin_addr);
    ::freeifaddrs(all);
    return found;
}

inline sockaddr_in socketAddress(const std::string& address, int port)
{
    sockaddr_in result = {};
    result.sin_family = AF_INET;
    result.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, address.c_str(), &result.sin_addr);
    return result;
}

inline OwnedFd makeSocket(const std::string& path, int type, int protocol = 0)
{
    return inNamespace(path, [&] {
        OwnedFd fd(::socket(AF_INET, type | SOCK_CLOEXEC, protocol));
        const timeval limit{5, 0};
        ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        return fd;
    });
}

// Answers every connection (or datagram) with "<name> <peer's address>" until it is destroyed.
class NameServer {
public:
    NameServer(const std::string& path, const std::string& address, int port, std::string name, int type = SOCK_STREAM)
        : m_socket(makeSocket(path, type)), m_name(std::move(name))
    {
        const int on = 1;
        ::setsockopt(m_socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        const timeval unlimited{0, 0};
        ::setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVTIMEO, &unlimited, sizeof unlimited);
        const auto bound = socketAddress(address, port);
        m_ok = ::bind(m_socket.get(), reinterpret_cast<const sockaddr*>(&bound), sizeof bound) == 0;
        if (m_ok && type == SOCK_STREAM)
            m_ok = ::listen(m_socket.get(), 16) == 0;
        if (m_ok)
            m_thread = std::thread([this, type] { type == SOCK_STREAM ? serveStream() : serveDatagrams(); });
    }
    ~NameServer()
    {
        m_stopping = true;
        ::shutdown(m_socket.get(), SHUT_RDWR); // wakes accept and recvfrom
        if (m_thread.joinable())
            m_thread.join();
    }
    bool ok() const { return m_ok; }

private:
    std::string answer(const sockaddr_in& peer) const { return m_name + " " + ::inet_ntoa(peer.sin_addr); }
    void serveStream()
    {
        while (!m_stopping) {
            sockaddr_in peer = {};
            socklen_t size = sizeof peer;
            OwnedFd connection(::accept4(m_socket.get(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_CLOEXEC));
            if (!connection)
                return;
            const auto text = answer(peer);
            (void)!::send(connection.get(), text.data(), text.size(), MSG_NOSIGNAL);
        }
    }
    void serveDatagrams()
    {
        while (!m_stopping) {
            sockaddr_in peer = {};
            socklen_t size = sizeof peer;
            char buffer[64];
            const auto got = ::recvfrom(m_socket.get(), buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&peer), &size);
            if (got <= 0)
                return;
            const auto text = answer(peer);
            ::sendto(m_socket.get(), text.data(), text.size(), 0, reinterpret_cast<sockaddr*>(&peer), size);
        }
    }
    OwnedFd m_socket;
    std::string m_name;
    std::thread m_thread;
    std::atomic<bool> m_stopping = false;
    bool m_ok = false;
};

// What a NameServer says; "error: <why>" when it cannot be reached.
inline std::string ask(const std::string& path, const std::string& address, int port, int type = SOCK_STREAM)
{
    auto socket = makeSocket(path, type);
    const auto peer = socketAddress(address, port);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer) != 0)
        return std::string("error: ") + std::strerror(errno);
    if (type == SOCK_DGRAM && ::send(socket.get(), "?", 1, 0) != 1)
        return std::string("error: ") + std::strerror(errno);
    char buffer[256];
    const auto got = ::recv(socket.get(), buffer, sizeof buffer, 0);
    if (got <= 0)
        return std::string("error: ") + (got == 0 ? "closed" : std::strerror(errno));
    return std::string(buffer, static_cast<std::size_t>(got));
}

// An echo request without privileges (SOCK_DGRAM, needs ping_group_range).
inline bool ping(const std::string& path, const std::string& address)
{
    auto socket = makeSocket(path, SOCK_DGRAM, IPPROTO_ICMP);
    const auto peer = socketAddress(address, 0);
    icmphdr echo = {};
    echo.type = ICMP_ECHO;
    if (!socket || ::sendto(socket.get(), &echo, sizeof echo, 0, reinterpret_cast<const sockaddr*>(&peer), sizeof peer) != sizeof echo)
        return false;
    icmphdr answer = {};
    return ::recv(socket.get(), &answer, sizeof answer, 0) >= static_cast<ssize_t>(sizeof answer) && answer.type == ICMP_ECHOREPLY;
}

} // namespace kates::test
