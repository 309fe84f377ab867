#include "engine/network/dns/upstream.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "engine/base/files.h"
#include "engine/http/client.h"

namespace kates::network::dns {

namespace {

// Resumes the waiter when the first acceptable response is there, the time is over, or stop is requested.
struct Exchange {
    OwnedFd socket;
    std::uint16_t id = 0;
    std::string question;
    Registration watch, timer;
    Future<std::optional<UpstreamResponse>> response;

    void receive()
    {
        char buffer[kTcpSizeMax];
        const auto got = ::recv(socket.get(), buffer, sizeof buffer, 0);
        if (got < 0 && errno == EAGAIN)
            return;
        if (got < 0)
            return finish(std::nullopt); // nobody listens there
        std::string message(buffer, static_cast<std::size_t>(got));
        if (auto info = parseResponse(message, id, question))
            finish(UpstreamResponse{std::move(message), std::move(*info)});
    }
    void finish(std::optional<UpstreamResponse> result)
    {
        watch.reset();
        timer.reset();
        response.set(std::move(result));
    }
};

OwnedFd connectUdp(Ipv4 server, int port)
{
    OwnedFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_in peer = {};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(static_cast<std::uint16_t>(port));
    peer.sin_addr.s_addr = htonl(server.value());
    if (!socket || ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer) != 0)
        return {};
    return socket;
}

Task<std::optional<std::string>> readFramed(std::shared_ptr<http::Stream> stream)
{
    std::string bytes;
    for (;;) {
        if (bytes.size() >= 2 && bytes.size() >= 2u + readNumber16(bytes, 0))
            co_return bytes.substr(2, readNumber16(bytes, 0));
        auto more = co_await stream->read();
        if (!more || more->empty())
            co_return std::nullopt;
        bytes += *more;
    }
}

} // namespace

Task<std::optional<UpstreamResponse>> Upstream::askUdp(std::string message, std::string question, Ipv4 server, std::stop_token stop)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->socket = connectUdp(server, m_port);
    exchange->id = readNumber16(message, 0);
    exchange->question = std::move(question);
    if (!exchange->socket || ::send(exchange->socket.get(), message.data(), message.size(), MSG_NOSIGNAL) < 0)
        co_return std::nullopt;
    exchange->watch = m_loop.watch(exchange->socket.get(), Readable, [exchange](int) { exchange->receive(); });
    exchange->timer = m_loop.after(kUpstreamTimeout, [exchange] { exchange->finish(std::nullopt); });
    std::stop_callback stopped(stop, [exchange, this] { m_loop.post([exchange] { exchange->finish(std::nullopt); }); });
    co_return co_await exchange->response;
}

Task<std::optional<UpstreamResponse>> Upstream::askTcp(std::string message, std::string question, Ipv4 server)
{
    auto connected = co_await http::connectTcp(m_loop, server.toString(), m_port, kUpstreamTimeout);
    if (!connected)
        co_return std::nullopt;
    std::shared_ptr<http::Stream> stream(std::move(*connected));
    auto limit = m_loop.after(kUpstreamTimeout, [stream] { stream->close(); });
    std::string framed(2, '\0');
    writeNumber16(framed, 0, static_cast<std::uint16_t>(message.size()));
    auto sent = co_await stream->write(framed + message);
    if (!sent)
        co_return std::nullopt;
    auto answer = co_await readFramed(stream);
    if (!answer)
        co_return std::nullopt;
    auto info = parseResponse(*answer, readNumber16(message, 0), question);
    if (!info)
        co_return std::nullopt;
    co_return UpstreamResponse{std::move(*answer), std::move(*info)};
}

Task<Result<UpstreamResponse>> Upstream::ask(std::string message, Query query, std::vector<Ipv4> servers, bool tcp, std::stop_token stop)
{
    if (servers.empty())
        co_return failure("the host has no DNS server");
    if (m_running >= kUpstreamQueriesMax)
        co_return failure("too many DNS questions are on their way");
    ++m_running;
    Result<UpstreamResponse> result = failure("no DNS server of the host answers");
    for (int attempt = 0; attempt < kUpstreamRounds * static_cast<int>(servers.size()) && !stop.stop_requested() && !result; ++attempt) {
        writeNumber16(message, 0, static_cast<std::uint16_t>(m_random.next()));
        const auto server = servers[static_cast<std::size_t>(attempt) % servers.size()];
        std::optional<UpstreamResponse> response;
        if (tcp)
            response = co_await askTcp(message, query.question, server);
        else
            response = co_await askUdp(message, query.question, server, stop);
        if (response)
            result = std::move(*response);
    }
    --m_running;
    if (result)
        writeNumber16(result->message, 0, query.id);
    co_return result;
}

} // namespace kates::network::dns
