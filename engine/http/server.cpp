// Listening: accepts connections and hands them to serveConnection().
#include "engine/http/server_core.h"

#include "engine/base/log.h"
#include "engine/http/address.h"

#include <netinet/tcp.h>
#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>

namespace kates::http {

namespace {

constexpr int kAcceptsPerTurnMax = 64;
constexpr int kBacklog = 1024;
constexpr auto kAcceptRetryDelay = std::chrono::milliseconds(100); // when descriptors have run out

class ListeningServer final : public Server {
public:
    ListeningServer(std::shared_ptr<ServerCore> core, OwnedFd fd, int port) : m_core(std::move(core)), m_fd(std::move(fd)), m_port(port)
    {
        watchListener();
    }
    ~ListeningServer() override
    {
        stopListening();
        m_core->stop();
        m_core->cut();
    }

    int port() const override { return m_port; }
    Task<void> stop(Duration grace) override
    {
        stopListening();
        m_core->stop();
        return waitForIdle(m_core, grace);
    }

private:
    static Task<void> waitForIdle(std::shared_ptr<ServerCore> core, Duration grace)
    {
        Event over;
        auto timer = core->loop.after(grace, [core, over] {
            core->cut();
            over.set({});
        });
        spawn(forward(core->idle(), over));
        co_await over;
    }
    static Task<void> forward(Event from, Event to)
    {
        co_await from;
        to.set({});
    }

    void stopListening()
    {
        m_retry.reset();
        m_watch.reset();
        m_fd.reset();
    }
    void watchListener()
    {
        m_watch = m_core->loop.watch(m_fd.get(), Readable, [this](int) { acceptSome(); });
    }
    void acceptSome()
    {
        for (int i = 0; i < kAcceptsPerTurnMax; ++i) {
            sockaddr_storage peer = {};
            socklen_t size = sizeof peer;
            OwnedFd fd(::accept4(m_fd.get(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
            if (fd)
                take(std::move(fd), formatAddress(peer));
            else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
                return pauseAccepting(errno);
            else if (errno != ECONNABORTED && errno != EINTR)
                return;
            if (!m_fd)
                return; // a handler stopped the server
        }
    }
    void take(OwnedFd fd, std::string remoteAddress)
    {
        if (m_core->connectionCount() >= m_core->options.limits.connectionsMax) {
            log::warning("http", "refused a connection: too many are open", "peer", remoteAddress, "port", m_port);
            return;
        }
        prepareTcp(fd.get());
        spawn(serveConnection(m_core, Socket::make(m_core->loop, std::move(fd)), std::move(remoteAddress)));
    }
    void pauseAccepting(int systemError)
    {
        log::error("http", "cannot accept connections for a moment", "error", systemFailure("accept", systemError).value().message);
        m_watch.reset();
        m_retry = m_core->loop.after(kAcceptRetryDelay, [this] { watchListener(); });
    }

    std::shared_ptr<ServerCore> m_core;
    OwnedFd m_fd;
    int m_port;
    Registration m_watch;
    Registration m_retry;
};

Result<OwnedFd> openListener(const ListenOptions& options)
{
    auto address = parseAddress(options.address, options.port);
    if (!address)
        return tl::unexpected(address.error());
    OwnedFd fd(::socket(address->family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd)
        return systemFailure("cannot create a socket");
    int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(fd.get(), address->data(), address->size()) != 0 || ::listen(fd.get(), kBacklog) != 0)
        return systemFailure("cannot listen on " + options.address + ":" + std::to_string(options.port));
    return fd;
}

} // namespace

Result<std::unique_ptr<Server>> listen(Loop& loop, ListenOptions options, Handler handler)
{
    OwnedFd fd(options.listeningFd);
    if (!fd) {
        auto opened = openListener(options);
        if (!opened)
            return tl::unexpected(opened.error());
        fd = std::move(*opened);
    }
    ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) | O_NONBLOCK); // one that was handed to us may block
    int port = localPort(fd.get());
    auto core = std::make_shared<ServerCore>(loop, std::move(options), std::move(handler));
    return std::make_unique<ListeningServer>(std::move(core), std::move(fd), port);
}

} // namespace kates::http
