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
    closeUnwanted();
    m_lease.reset();
    co_await m_closing.finished();
}

void HostPorts::set(std::set<HostPort> ports)
{
    m_wanted = std::move(ports);
    update();
}

void HostPorts::update()
{
    if (!serving())
        return;
    closeUnwanted();
    std::erase_if(m_refused, [this](HostPort port) { return !m_wanted.count(port); });
    for (const auto port : m_wanted) {
        if (isOpen(port))
            continue;
        const auto opened = open(port);
        if (opened)
            m_refused.erase(port);
        else if (m_refused.insert(port).second && m_options.refused)
            m_options.refused(port,
                opened.error().systemError == EADDRINUSE
                    ? fmt::format("127.0.0.1:{} of the host does not lead to this service: another program has that port", port.port)
                    : opened.error().message);
    }
}

Result<void> HostPorts::open(HostPort port)
{
    auto socket = port.udp ? bindUdp("127.0.0.1", port.port) : listenTcp("127.0.0.1", port.port);
    if (!socket)
        return tl::unexpected(socket.error());
    if (port.udp) {
        const DatagramForwarder::Target target{m_options.nodeNamespace, m_options.nodeAddress, port.port};
        m_datagrams[port.port] = std::make_unique<DatagramForwarder>(m_loop, std::move(*socket), target);
        return {};
    }
    auto connect = [this, port] { return connectToNode(m_loop, m_options.nodeAddress.toString(), port.port, m_options.nodeNamespace); };
    m_streams[port.port] = std::make_unique<Forwarder>(m_loop, fmt::format("node port {}", port.port), std::move(*socket), std::move(connect));
    return {};
}

void HostPorts::closeUnwanted()
{
    std::erase_if(m_datagrams, [this](const auto& open) { return !m_wanted.count({true, open.first}); });
    for (auto at = m_streams.begin(); at != m_streams.end();) {
        auto open = at++;
        if (!m_wanted.count({false, open->first}))
            m_closing.spawn(stopAndDrop(std::move(m_streams.extract(open).mapped())));
    }
}

} // namespace kates::network
