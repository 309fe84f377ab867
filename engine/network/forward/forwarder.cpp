#include "engine/network/forward/forwarder.h"

#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>

#include "engine/base/log.h"
#include "engine/http/client.h"
#include "engine/network/link/ipv4.h"
#include "engine/network/link/network_namespace.h"
#include "engine/network/link/run_on_thread.h"

namespace kates::network {

namespace {

constexpr int kBacklog = 128;
constexpr Duration kNoDescriptorsPause = std::chrono::milliseconds(100);

} // namespace

Result<OwnedFd> listenTcp(const std::string& address, int port)
{
    const auto parsed = Ipv4::parse(address);
    if (!parsed)
        return failure("\"" + address + "\" is no IPv4 address");
    const auto what = fmt::format("listen on {}:{}", address, port);
    OwnedFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd)
        return systemFailure(what);
    const int on = 1; // connections of an earlier process may still be closing
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in bound = {};
    bound.sin_family = AF_INET;
    bound.sin_port = htons(static_cast<std::uint16_t>(port));
    bound.sin_addr.s_addr = htonl(parsed->value());
    if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&bound), sizeof bound) != 0 || ::listen(fd.get(), kBacklog) != 0)
        return systemFailure(what);
    return fd;
}

Task<Result<OwnedFd>> listenTcpIn(Loop& loop, std::string networkNamespace, std::string address, int port)
{
    const auto work = [&]() -> Result<OwnedFd> {
        if (auto entered = enterNetworkNamespace(networkNamespace); !entered)
            return tl::unexpected(entered.error());
        return listenTcp(address, port);
    };
    co_return co_await runOnThread(loop, work);
}

Forwarder::Forwarder(Loop& loop, std::string name, OwnedFd listening, Connect connect)
    : m_loop(loop), m_name(std::move(name)), m_listening(std::move(listening)), m_connect(std::move(connect)), m_tasks(loop)
{
    listen();
}

Forwarder::~Forwarder() = default;

Task<void> Forwarder::stop()
{
    m_watch.reset();
    m_pause.reset();
    m_listening.reset();
    m_tasks.requestStop();
    co_await m_tasks.finished();
}

void Forwarder::listen()
{
    if (m_listening && m_connections < kForwardedConnectionsMax)
        m_watch = m_loop.watch(m_listening.get(), Readable, [this](int) { accept(); });
}

void Forwarder::accept()
{
    OwnedFd connection(::accept4(m_listening.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (connection) {
        if (++m_connections >= kForwardedConnectionsMax)
            m_watch.reset();
        m_tasks.spawn(carry(std::move(connection)));
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        // The socket stays readable: look again later instead of spinning.
        m_watch.reset();
        m_pause = m_loop.after(kNoDescriptorsPause, [this] { listen(); });
    }
}

Task<void> Forwarder::carry(OwnedFd connection)
{
    auto near = http::streamFromFd(m_loop, connection.release());
    auto far = co_await m_connect();
    if (far)
        co_await http::pipe(m_loop, std::move(near), std::move(*far), m_tasks.stopToken());
    else
        log::debug("network", "a forwarded connection has no far end", "forwarder", m_name, "error", far.error().message);
    if (m_connections-- == kForwardedConnectionsMax)
        listen();
}

} // namespace kates::network
