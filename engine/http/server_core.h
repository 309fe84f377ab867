// What all connections of one server share, and what the server may ask of a connection. Inside engine/http only.
//
// The core outlives the Server: connections whose handlers are still running hold it.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "engine/base/loop.h"
#include "engine/base/task.h"
#include "engine/http/server.h"
#include "engine/http/socket.h"

namespace kates::http {

class ServerConnection {
public:
    virtual ~ServerConnection() = default;
    virtual void stop() = 0; // no further requests; running exchanges see closed(); ends at once when idle
    virtual void cut() = 0;  // closes the socket
};

class ServerCore {
public:
    ServerCore(Loop& loop, ListenOptions options, Handler handler);

    void add(std::shared_ptr<ServerConnection> connection) { m_connections.insert(std::move(connection)); }
    void remove(const std::shared_ptr<ServerConnection>& connection);
    // A socket that an upgrade took over: no longer a connection, but it must not outlive the server.
    void addUpgraded(const std::shared_ptr<Socket>& socket);
    std::size_t connectionCount() const { return m_connections.size(); }
    void stop();
    void cut();
    bool stopping() const { return m_stopping; }
    Event idle() const { return m_idle; } // stopping, and the last connection has ended

    // "Sun, 06 Nov 1994 08:49:37 GMT", made once a second.
    const std::string& date();

    Loop& loop;
    const ListenOptions options;
    const Handler handler;

private:
    std::vector<std::shared_ptr<ServerConnection>> snapshot() const { return {m_connections.begin(), m_connections.end()}; }
    std::set<std::shared_ptr<ServerConnection>> m_connections;
    std::vector<std::weak_ptr<Socket>> m_upgraded;
    bool m_stopping = false;
    Event m_idle;
    std::time_t m_dateSecond = 0;
    std::string m_date;
};

// Serves one accepted connection to its end.
Task<void> serveConnection(std::shared_ptr<ServerCore> core, std::shared_ptr<Socket> socket, std::string remoteAddress);

} // namespace kates::http
