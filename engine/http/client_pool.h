// Idle client connections by endpoint. Inside engine/http only.
#pragma once

#include <list>
#include <memory>

#include "engine/http/client_connection.h"

namespace kates::http {

constexpr std::size_t kIdleConnectionsMax = 100;
constexpr auto kIdleConnectionTimeout = std::chrono::seconds(90);

class ClientPool : public std::enable_shared_from_this<ClientPool> {
public:
    ~ClientPool() { clear(); }
    // The one that was used last, or none.
    std::shared_ptr<ClientConnection> take(const Endpoint& endpoint);
    void put(Endpoint endpoint, std::shared_ptr<ClientConnection> connection);
    void clear();

private:
    struct Idle {
        Endpoint endpoint;
        std::shared_ptr<ClientConnection> connection;
    };
    void drop(ClientConnection* connection);
    std::list<Idle> m_idle; // latest first
    bool m_closed = false;
};

} // namespace kates::http
