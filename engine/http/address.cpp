#include "engine/http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <cstring>

namespace kates::http {

namespace {
constexpr int kKeepAliveIdleSeconds = 30;
constexpr int kKeepAliveIntervalSeconds = 10;
constexpr int kKeepAliveProbes = 6;
}

void SocketAddress::set(const sockaddr* address, socklen_t size)
{
    std::memcpy(&m_storage, address, size);
    m_size = size;
}

Result<SocketAddress> parseAddress(const std::string& literal, int port)
{
    std::string text = literal;
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    SocketAddress address;
    sockaddr_in ip4 = {};
    ip4.sin_family = AF_INET;
    ip4.sin_port = htons(static_cast<std::uint16_t>(port));
    sockaddr_in6 ip6 = {};
    ip6.sin6_family = AF_INET6;
    ip6.sin6_port = htons(static_cast<std::uint16_t>(port));
    if (port < 0 || port > 65535)
        return failure("port " + std::to_string(port) + " is not between 0 and 65535");
    if (inet_pton(AF_INET, text.c_str(), &ip4.sin_addr) == 1)
        address.set(reinterpret_cast<sockaddr*>(&ip4), sizeof ip4);
    else if (inet_pton(AF_INET6, text.c_str(), &ip6.sin6_addr) == 1)
        address.set(reinterpret_cast<sockaddr*>(&ip6), sizeof ip6);
    else
        return failure("\"" + literal + "\" is not an IP address");
    return address;
}

std::string formatAddress(const sockaddr_storage& address)
{
    char text[INET6_ADDRSTRLEN] = {};
    if (address.ss_family == AF_INET) {
        const auto& ip4 = reinterpret_cast<const sockaddr_in&>(address);
        inet_ntop(AF_INET, &ip4.sin_addr, text, sizeof text);
        return std::string(text) + ':' + std::to_string(ntohs(ip4.sin_port));
    }
    if (address.ss_family == AF_INET6) {
        const auto& ip6 = reinterpret_cast<const sockaddr_in6&>(address);
        inet_ntop(AF_INET6, &ip6.sin6_addr, text, sizeof text);
        return '[' + std::string(text) + "]:" + std::to_string(ntohs(ip6.sin6_port));
    }
    return "local";
}

int localPort(int fd)
{
    sockaddr_storage address = {};
    socklen_t size = sizeof address;
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    if (address.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<sockaddr_in6&>(address).sin6_port);
    return address.ss_family == AF_INET ? ntohs(reinterpret_cast<sockaddr_in&>(address).sin_port) : 0;
}

void prepareTcp(int fd)
{
    int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &kKeepAliveIdleSeconds, sizeof kKeepAliveIdleSeconds);
    ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &kKeepAliveIntervalSeconds, sizeof kKeepAliveIntervalSeconds);
    ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &kKeepAliveProbes, sizeof kKeepAliveProbes);
}

} // namespace kates::http
