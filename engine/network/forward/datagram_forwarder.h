// Carries UDP datagrams from a bound socket to one address inside a network namespace, and the answers back. Each client has a socket of its own at
// the far side, until it has been silent for a minute.
#pragma once

#include <map>

#include "engine/base/files.h"
#include "engine/base/loop.h"
#include "engine/network/link/ipv4.h"

namespace kates::network {

constexpr std::size_t kDatagramClientsMax = 256; // per forwarder; the one that was silent for longest gives way
constexpr Duration kDatagramClientIdleMax = std::chrono::minutes(1);

// A bound socket in the calling thread's network namespace. systemError tells EADDRINUSE.
[[nodiscard]] Result<OwnedFd> bindUdp(const std::string& address, int port);

class DatagramForwarder {
public:
    struct Target {
        std::string networkNamespace; // empty: where we are
        Ipv4 address;
        std::uint16_t port = 0;
    };
    DatagramForwarder(Loop& loop, OwnedFd bound, Target target);
    std::size_t clients() const { return m_clients.size(); }

private:
    using ClientKey = std::uint64_t; // address and port
    struct Client {
        OwnedFd far;
        Registration watch;
        MonotonicTime lastUsed;
    };
    void receive();
    Client* clientFor(ClientKey key);
    void answer(ClientKey key);
    void dropIdle();

    Loop& m_loop;
    OwnedFd m_bound;
    Target m_target;
    std::map<ClientKey, Client> m_clients;
    Registration m_watch, m_idleTimer;
};

} // namespace kates::network
