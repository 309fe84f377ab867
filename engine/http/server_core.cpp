#include "engine/http/server_core.h"

#include "engine/base/log.h"
#include "engine/http/deadline.h"
#include "engine/http/http1_connection.h"
#include "engine/http/http2_connection.h"

#include <cerrno>
#include <ctime>

namespace kates::http {

ServerCore::ServerCore(Loop& theLoop, ListenOptions theOptions, Handler theHandler)
    : loop(theLoop), options(std::move(theOptions)), handler(std::move(theHandler))
{
}

void ServerCore::remove(const std::shared_ptr<ServerConnection>& connection)
{
    m_connections.erase(connection);
    if (m_stopping && m_connections.empty())
        m_idle.set({});
}

void ServerCore::addUpgraded(const std::shared_ptr<Socket>& socket)
{
    std::erase_if(m_upgraded, [](const auto& known) { return known.expired(); });
    m_upgraded.push_back(socket);
}

void ServerCore::stop()
{
    m_stopping = true;
    for (const auto& connection : snapshot())
        connection->stop();
    if (m_connections.empty())
        m_idle.set({});
}

void ServerCore::cut()
{
    for (const auto& connection : snapshot())
        connection->cut();
    for (const auto& known : std::exchange(m_upgraded, {})) {
        if (auto socket = known.lock())
            socket->close(ECONNABORTED);
    }
}

const std::string& ServerCore::date()
{
    std::time_t second = std::chrono::system_clock::to_time_t(loop.wallTime());
    if (second != m_dateSecond) {
        m_dateSecond = second;
        std::tm parts = {};
        ::gmtime_r(&second, &parts);
        char text[64];
        m_date.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts));
    }
    return m_date;
}

namespace {

// A connection before it speaks HTTP.
class Handshake final : public ServerConnection {
public:
    explicit Handshake(std::shared_ptr<Socket> socket)
        : m_socket(std::move(socket)), m_deadline(m_socket->loop(), [this] { cut(); })
    {
    }
    void start(Duration timeout) { m_deadline.set(timeout); }
    void stop() override { cut(); }
    void cut() override
    {
        auto socket = m_socket; // closing resumes the coroutine that owns this object
        socket->close(ECONNABORTED);
    }

private:
    std::shared_ptr<Socket> m_socket;
    Deadline m_deadline;
};

Task<bool> shakeHands(std::shared_ptr<ServerCore> core, std::shared_ptr<Socket> socket, std::string remoteAddress)
{
    auto handshake = std::make_shared<Handshake>(socket);
    core->add(handshake);
    handshake->start(core->options.limits.headerTimeout);
    auto started = co_await socket->startTls(core->options.tls, {});
    core->remove(handshake);
    if (!started)
        log::debug("http", "TLS handshake failed", "peer", remoteAddress, "error", started.error().message);
    co_return started.has_value() && !core->stopping();
}

} // namespace

Task<void> serveConnection(std::shared_ptr<ServerCore> core, std::shared_ptr<Socket> socket, std::string remoteAddress)
{
    if (core->options.tls) {
        bool secure = co_await shakeHands(core, socket, remoteAddress);
        if (!secure)
            co_return;
    }
    if (socket->tls() && spokenProtocol(socket->tls()) == "h2") {
        auto connection = std::make_shared<Http2Connection>(core, std::move(socket), std::move(remoteAddress));
        core->add(connection);
        co_await connection->serve();
        core->remove(connection);
    } else {
        auto connection = std::make_shared<Http1Connection>(core, std::move(socket), std::move(remoteAddress));
        core->add(connection);
        co_await connection->serve();
        core->remove(connection);
    }
}

} // namespace kates::http
