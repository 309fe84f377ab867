#include "engine/http/client_pool.h"

#include <algorithm>
#include <cerrno>

namespace kates::http {

std::shared_ptr<ClientConnection> ClientPool::take(const Endpoint& endpoint)
{
    auto found = std::find_if(m_idle.begin(), m_idle.end(), [&endpoint](const Idle& idle) { return idle.endpoint == endpoint; });
    if (found == m_idle.end())
        return nullptr;
    auto connection = std::move(found->connection);
    m_idle.erase(found);
    connection->stopIdle();
    return connection;
}

void ClientPool::put(Endpoint endpoint, std::shared_ptr<ClientConnection> connection)
{
    if (m_closed)
        return connection->close(ECONNABORTED);
    auto* raw = connection.get();
    m_idle.push_front({std::move(endpoint), std::move(connection)});
    raw->startIdle(kIdleConnectionTimeout, [this, raw] { drop(raw); });
    if (m_idle.size() > kIdleConnectionsMax)
        drop(m_idle.back().connection.get());
}

void ClientPool::drop(ClientConnection* connection)
{
    auto found = std::find_if(m_idle.begin(), m_idle.end(), [connection](const Idle& idle) { return idle.connection.get() == connection; });
    if (found == m_idle.end())
        return;
    auto kept = std::move(found->connection);
    m_idle.erase(found);
    kept->stopIdle();
    kept->close(ECONNABORTED);
}

void ClientPool::clear()
{
    m_closed = true;
    while (!m_idle.empty())
        drop(m_idle.front().connection.get());
}

} // namespace kates::http
