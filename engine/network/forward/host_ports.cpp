#include "engine/network/forward/host_ports.h"

#include <cerrno>
#include <fmt/format.h>

#include "engine/http/client.h"

namespace kates::network {

namespace {

Task<Result<std::unique_ptr<http::Stream>>> connectToNode(Loop& loop, std::string address, int port, std::string networkNamespace)
{
    co_return co_await http::connectTcp(loop, std::move(address), port, kForwardConnectTimeout, std::move(networkNamespace));
}

Task<void> stopAndDrop(std::unique_ptr<Forwarder> forwarder)
{
    co_await forwarder->stop();
}

} // namespace

HostPorts::HostPorts(Loop& loop, HostPortsOptions options) : m_loop(loop), m_options(std::move(options)), m_closing(loop) {}

HostPorts::~HostPorts() = default;

void HostPorts::start()
{
    m_lease = std::make_unique<HostLease>(m_loop, "kates/node-ports/" + m_options.clusterKey, [this] { update(); });
}

Task<void> HostPorts::stop()
{
    m_wanted.clear();
    while (!m_forwarders.empty())
        close(m_forwarders.begin()->first);
    m_lease.reset();
    co_await m_closing.finished();
}

void HostPorts::set(std::set<std::uint16_t> ports)
{
    m_wanted = std::move(ports);
    update();
}

void HostPorts::update()
{
    if (!serving())
        return;
    std::set<std::uint16_t> gone;
    for (const auto& [port, forwarder] : m_forwarders)
        if (!m_wanted.count(port))
            gone.insert(port);
    for (const auto port : gone)
        close(port);
    std::erase_if(m_refused, [this](std::uint16_t port) { return !m_wanted.count(port); });
    for (const auto port : m_wanted)
        if (!m_forwarders.count(port))
            open(port);
}

void HostPorts::open(std::uint16_t port)
{
    auto listening = listenTcp("127.0.0.1", port);
    if (!listening) {
        if (m_refused.insert(port).second && m_options.refused) {
            const bool busy = listening.error().systemError == EADDRINUSE;
            m_options.refused(port,
                busy ? fmt::format("127.0.0.1:{} of the host does not lead to this service: another program listens there", port) : listening.error().message);
        }
        return;
    }
    m_refused.erase(port);
    auto connect = [this, port] { return connectToNode(m_loop, m_options.nodeAddress.toString(), port, m_options.nodeNamespace); };
    m_forwarders[port] = std::make_unique<Forwarder>(m_loop, fmt::format("node port {}", port), std::move(*listening), std::move(connect));
}

void HostPorts::close(std::uint16_t port)
{
    auto node = m_forwarders.extract(port);
    if (!node.empty())
        m_closing.spawn(stopAndDrop(std::move(node.mapped())));
}

} // namespace kates::network
