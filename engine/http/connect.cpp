#include "engine/http/connect.h"

#include "engine/http/connect_tls.h"
#include "engine/http/socket_stream.h"

#include <fcntl.h>
#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <thread>

namespace kates::http {

namespace {

// setns() moves one thread only, and a socket stays in the namespace it was made in: so a thread of its own makes it and is gone again
// (about 0.1 ms).
Result<OwnedFd> makeSocketInNamespace(int family, const std::string& path)
{
    OwnedFd space(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!space)
        return systemFailure("cannot open the network namespace " + path);
    int fd = -1, problem = 0;
    std::thread([&] {
        if (::setns(space.get(), CLONE_NEWNET) == 0)
            fd = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        problem = fd < 0 ? errno : 0;
    }).join();
    if (fd < 0)
        return systemFailure("cannot create a socket in the network namespace " + path, problem);
    return OwnedFd(fd);
}

} // namespace

Result<OwnedFd> makeTcpSocket(int family, const std::string& networkNamespace)
{
    if (!networkNamespace.empty())
        return makeSocketInNamespace(family, networkNamespace);
    OwnedFd fd(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd)
        return systemFailure("cannot create a socket");
    return fd;
}

Task<Result<OwnedFd>> connectSocket(Loop& loop, OwnedFd fd, SocketAddress address, MonotonicTime deadline)
{
    int problem = ::connect(fd.get(), address.data(), address.size()) == 0 ? 0 : errno;
    if (problem == EINPROGRESS) {
        Future<int> outcome;
        auto watch = loop.watch(fd.get(), Writable, [outcome, descriptor = fd.get()](int) {
            int error = 0;
            socklen_t size = sizeof error;
            ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
            outcome.set(error);
        });
        Registration timer;
        if (deadline != MonotonicTime::max())
            timer = loop.after(deadline - loop.now(), [outcome] { outcome.set(ETIMEDOUT); });
        problem = co_await outcome;
    }
    if (problem != 0)
        co_return systemFailure("cannot connect", problem);
    prepareTcp(fd.get());
    co_return std::move(fd);
}

namespace {

Task<Result<std::shared_ptr<Socket>>> connectedSocket(Loop& loop, std::string address, int port, MonotonicTime deadline, std::string networkNamespace)
{
    const std::string where = address + ":" + std::to_string(port);
    auto parsed = parseAddress(address, port);
    if (!parsed)
        co_return tl::unexpected(parsed.error());
    auto fd = makeTcpSocket(parsed->family(), networkNamespace);
    if (!fd)
        co_return tl::unexpected(fd.error());
    auto connected = co_await connectSocket(loop, std::move(*fd), *parsed, deadline);
    if (!connected)
        co_return systemFailure("cannot connect to " + where, connected.error().systemError);
    co_return Socket::make(loop, std::move(*connected));
}

} // namespace

Task<Result<std::unique_ptr<Stream>>> connectTcp(Loop& loop, std::string address, int port, Duration timeout, std::string networkNamespace)
{
    auto socket = co_await connectedSocket(loop, std::move(address), port, loop.now() + timeout, std::move(networkNamespace));
    if (!socket)
        co_return tl::unexpected(socket.error());
    co_return makeSocketStream(std::move(*socket), {});
}

Task<Result<std::unique_ptr<Stream>>> connectTls(
    Loop& loop, std::string address, int port, Duration timeout, std::string networkNamespace, std::shared_ptr<TlsContext> tls)
{
    const MonotonicTime deadline = loop.now() + timeout;
    auto connected = co_await connectedSocket(loop, address, port, deadline, std::move(networkNamespace));
    if (!connected)
        co_return tl::unexpected(connected.error());
    auto socket = std::move(*connected);
    Registration timer = loop.after(std::max<Duration>(deadline - loop.now(), Duration::zero()), [socket] { socket->close(ETIMEDOUT); });
    auto secured = co_await socket->startTls(std::move(tls), address);
    timer.reset();
    if (!secured)
        co_return tl::unexpected(secured.error());
    co_return makeSocketStream(std::move(socket), {});
}

std::unique_ptr<Stream> streamFromFd(Loop& loop, int fd)
{
    return makeSocketStream(Socket::make(loop, OwnedFd(fd)), {});
}

} // namespace kates::http
