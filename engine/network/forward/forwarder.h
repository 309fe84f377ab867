// Takes TCP connections at a listening socket and carries each to where `connect` leads: between network namespaces, or into one.
#pragma once

#include <functional>
#include <memory>

#include "engine/base/files.h"
#include "engine/http/stream.h"

namespace kates::network {

constexpr int kForwardedConnectionsMax = 1'000; // per forwarder; more wait in the kernel's backlog
constexpr Duration kForwardConnectTimeout = std::chrono::seconds(5);

// A listening socket in the calling thread's network namespace. systemError tells EADDRINUSE.
[[nodiscard]] Result<OwnedFd> listenTcp(const std::string& address, int port);
// As above, in this network namespace.
[[nodiscard]] Task<Result<OwnedFd>> listenTcpIn(Loop& loop, std::string networkNamespace, std::string address, int port);

class Forwarder {
public:
    using Connect = std::function<Task<Result<std::unique_ptr<http::Stream>>>()>;

    // `name` is for the log: what is forwarded.
    Forwarder(Loop& loop, std::string name, OwnedFd listening, Connect connect);
    ~Forwarder();
    // Closes the socket and all connections; takes at most kForwardConnectTimeout.
    Task<void> stop();

private:
    void accept();
    void listen();
    Task<void> carry(OwnedFd connection);

    Loop& m_loop;
    std::string m_name;
    OwnedFd m_listening;
    Connect m_connect;
    Registration m_watch, m_pause;
    TaskGroup m_tasks;
    int m_connections = 0;
};

} // namespace kates::network
