// IPv4 and IPv6 socket addresses. Inside engine/http only.
#pragma once

#include <string>

#include <sys/socket.h>

#include "engine/base/result.h"

namespace kates::http {

class SocketAddress {
public:
    sockaddr* data() { return reinterpret_cast<sockaddr*>(&m_storage); }
    const sockaddr* data() const { return reinterpret_cast<const sockaddr*>(&m_storage); }
    socklen_t size() const { return m_size; }
    int family() const { return m_storage.ss_family; }
    void set(const sockaddr* address, socklen_t size);

private:
    sockaddr_storage m_storage = {};
    socklen_t m_size = 0;
};

// A literal: "127.0.0.1", "::1", "[::1]".
[[nodiscard]] Result<SocketAddress> parseAddress(const std::string& literal, int port);
std::string formatAddress(const sockaddr_storage& address); // "127.0.0.1:51234", "[::1]:51234"
int localPort(int fd);
// No delays for small writes; dead peers are noticed within minutes.
void prepareTcp(int fd);

} // namespace kates::http
