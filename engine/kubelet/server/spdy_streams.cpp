#include "engine/kubelet/server/spdy_streams.h"

#include "engine/http/websocket.h"

namespace kates::kubelet {

namespace {

constexpr const char* kProtocolHeader = "X-Stream-Protocol-Version";
constexpr const char* kPortForwardProtocol = "portforward.k8s.io";
constexpr auto kStreamsTimeout = std::chrono::seconds(30); // streamCreationTimeout

// The first of ours that the client offers; "" when none.
std::string negotiate(const http::Request& request, std::initializer_list<const char*> ours)
{
    for (const char* protocol : ours)
        if (request.headers.containsToken(kProtocolHeader, protocol))
            return protocol;
    return {};
}

std::unique_ptr<http::SpdyConnection> upgradeToSpdy(Loop& loop, http::Exchange& exchange, const std::string& protocol)
{
    auto transport = exchange.upgrade({{"Upgrade", "SPDY/3.1"}, {kProtocolHeader, protocol}});
    return transport ? http::makeSpdyServer(loop, std::move(transport)) : nullptr;
}

Task<void> refuse(http::Exchange& exchange, int status, std::string why)
{
    http::Headers headers{{"Content-Type", "text/plain"}};
    co_await exchange.respond(status, std::move(headers), Bytes(std::move(why)));
}

bool complete(const RemoteStreams& streams, const RemoteCommandOptions& options)
{
    return streams.error && (!options.stdin || streams.standardInput) && (!options.stdout || streams.standardOutput)
        && (!options.stderr || options.tty || streams.standardError) && (!options.tty || streams.resize);
}

} // namespace

Task<std::unique_ptr<RemoteStreams>> acceptSpdyCommand(Loop& loop, http::Exchange& exchange, RemoteCommandOptions options)
{
    const std::string protocol = negotiate(exchange.request(), {"v5.channel.k8s.io", "v4.channel.k8s.io"});
    if (!exchange.request().headers.containsToken("Upgrade", "SPDY/3.1") || protocol.empty()) {
        co_await refuse(exchange, 400, "a remote command needs a WebSocket or SPDY/3.1 upgrade with v4.channel.k8s.io or newer");
        co_return nullptr;
    }
    std::shared_ptr<http::SpdyConnection> connection = upgradeToSpdy(loop, exchange, protocol);
    if (!connection)
        co_return nullptr;
    auto streams = std::make_unique<RemoteStreams>();
    streams->keepAlive = connection;
    Registration timer = loop.after(kStreamsTimeout, [connection] { connection->close(); });
    while (!complete(*streams, options)) {
        auto incoming = co_await connection->accept();
        if (!incoming)
            co_return nullptr;
        const std::string_view type = incoming->headers.get("streamtype");
        auto* slot = type == "stdin" ? &streams->standardInput
            : type == "stdout"       ? &streams->standardOutput
            : type == "stderr"       ? &streams->standardError
            : type == "resize"       ? &streams->resize
                                     : &streams->error;
        *slot = std::move(incoming->stream);
    }
    co_return streams;
}

Task<std::unique_ptr<http::SpdyConnection>> acceptSpdyPortForward(Loop& loop, http::Exchange& exchange)
{
    if (http::isWebSocketUpgrade(exchange.request())) {
        std::vector<std::string> protocols = {std::string("SPDY/3.1+") + kPortForwardProtocol};
        auto socket = co_await http::acceptWebSocket(exchange, std::move(protocols));
        if (!socket)
            co_return nullptr;
        co_return http::makeSpdyServer(loop, http::streamOverWebSocket(loop, std::move(socket)));
    }
    if (!exchange.request().headers.containsToken("Upgrade", "SPDY/3.1") || negotiate(exchange.request(), {kPortForwardProtocol}).empty()) {
        co_await refuse(exchange, 400, "a port-forward needs a WebSocket or SPDY/3.1 upgrade with portforward.k8s.io");
        co_return nullptr;
    }
    co_return upgradeToSpdy(loop, exchange, kPortForwardProtocol);
}

} // namespace kates::kubelet
