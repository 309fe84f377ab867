// The handshake (RFC 6455, section 4), and the stream over a WebSocket.
#include "engine/http/wake_point.h"
#include "engine/http/websocket_connection.h"

#include "engine/base/base64.h"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>

namespace kates::http {

namespace {

constexpr std::size_t kKeyBytes = 16;
constexpr std::size_t kStreamMessageMaxBytes = 64u << 10;

std::string acceptValue(std::string_view key)
{
    std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // the RFC's constant
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
    return encodeBase64(std::string_view(reinterpret_cast<char*>(digest), sizeof digest));
}

// Why the request cannot become a WebSocket; "" when it can.
std::string handshakeProblem(const Request& request)
{
    auto key = decodeBase64(request.headers.get("Sec-WebSocket-Key"));
    if (request.method != "GET" || !isWebSocketUpgrade(request))
        return "this path wants a WebSocket upgrade";
    if (request.headers.get("Sec-WebSocket-Version") != "13")
        return "only version 13 of WebSocket is spoken here";
    if (!key || key->size() != kKeyBytes)
        return "Sec-WebSocket-Key is not 16 bytes of base64";
    return {};
}

class WebSocketStream final : public Stream {
public:
    explicit WebSocketStream(std::shared_ptr<WebSocket> socket) : m_socket(std::move(socket)) {}
    ~WebSocketStream() override { close(); }
    Task<Result<std::string>> read() override { return readFrom(m_socket); }
    Task<Result<void>> write(std::string bytes) override { return writeInTurn(m_socket, m_writes, std::move(bytes)); }
    void closeWrite() override {}
    void close() override
    {
        if (!std::exchange(m_closed, true))
            spawn(finish(m_socket));
    }

private:
    static Task<Result<std::string>> readFrom(std::shared_ptr<WebSocket> socket)
    {
        for (;;) {
            auto message = co_await socket->receive();
            if (!message)
                co_return tl::unexpected(message.error());
            if (message->type == WebSocketMessage::Type::Close)
                co_return std::string();
            if (!message->data.empty())
                co_return std::move(message->data);
        }
    }
    static Task<Result<void>> writeInTurn(std::shared_ptr<WebSocket> socket, std::shared_ptr<Turnstile> writes, std::string bytes)
    {
        co_await writes->enter();
        auto written = co_await writeTo(std::move(socket), std::move(bytes));
        writes->leave();
        co_return written;
    }
    static Task<Result<void>> writeTo(std::shared_ptr<WebSocket> socket, std::string bytes)
    {
        for (std::size_t sent = 0; sent < bytes.size(); sent += kStreamMessageMaxBytes) {
            std::string part = bytes.substr(sent, kStreamMessageMaxBytes);
            auto written = co_await socket->send(WebSocketMessage::Type::Binary, std::move(part));
            if (!written)
                co_return written;
        }
        co_return Result<void>();
    }
    static Task<void> finish(std::shared_ptr<WebSocket> socket)
    {
        std::string noReason;
        co_await socket->close(1000, std::move(noReason));
    }

    std::shared_ptr<WebSocket> m_socket;
    std::shared_ptr<Turnstile> m_writes = std::make_shared<Turnstile>();
    bool m_closed = false;
};

} // namespace

bool isWebSocketUpgrade(const Request& request)
{
    return request.headers.containsToken("Connection", "upgrade") && request.headers.containsToken("Upgrade", "websocket");
}

Task<std::unique_ptr<WebSocket>> acceptWebSocket(Exchange& exchange, std::vector<std::string> protocols)
{
    const Request& request = exchange.request();
    std::string problem = handshakeProblem(request);
    auto chosen = std::find_if(protocols.begin(), protocols.end(), [&request](const std::string& protocol) {
        return request.headers.containsToken("Sec-WebSocket-Protocol", protocol);
    });
    bool noneNeeded = protocols.empty() && !request.headers.has("Sec-WebSocket-Protocol");
    if (problem.empty() && chosen == protocols.end() && !noneNeeded)
        problem = "none of the offered WebSocket protocols is spoken here";
    std::unique_ptr<Stream> stream;
    std::string protocol = chosen == protocols.end() ? std::string() : *chosen;
    if (problem.empty()) {
        Headers headers{{"Upgrade", "websocket"}, {"Sec-WebSocket-Accept", acceptValue(request.headers.get("Sec-WebSocket-Key"))}};
        if (!protocol.empty())
            headers.add("Sec-WebSocket-Protocol", protocol);
        stream = exchange.upgrade(std::move(headers));
        if (!stream)
            problem = "this connection cannot be upgraded";
    }
    if (stream)
        co_return makeWebSocket(exchange.loop(), std::move(stream), std::move(protocol), false);
    Headers headers;
    headers.add("Content-Type", "text/plain; charset=utf-8");
    headers.add("Sec-WebSocket-Version", "13");
    Bytes body(problem + '\n');
    co_await exchange.respond(400, std::move(headers), std::move(body));
    co_return nullptr;
}

WebSocketOffer offerWebSocket(const std::vector<std::string>& protocols)
{
    unsigned char key[kKeyBytes];
    RAND_bytes(key, sizeof key);
    WebSocketOffer offer;
    offer.key = encodeBase64(std::string_view(reinterpret_cast<char*>(key), sizeof key));
    offer.headers = {{"Connection", "Upgrade"}, {"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}, {"Sec-WebSocket-Key", offer.key}};
    std::string list;
    for (const auto& protocol : protocols)
        list += (list.empty() ? "" : ", ") + protocol;
    if (!list.empty())
        offer.headers.add("Sec-WebSocket-Protocol", list);
    return offer;
}

Result<std::string> checkWebSocketAnswer(const WebSocketOffer& offer, int status, const Headers& headers)
{
    if (status != 101)
        return failure("the server refused the WebSocket with status " + std::to_string(status));
    if (!headers.containsToken("Upgrade", "websocket") || headers.get("Sec-WebSocket-Accept") != acceptValue(offer.key))
        return failure("the server's WebSocket handshake is wrong");
    std::string protocol(headers.get("Sec-WebSocket-Protocol"));
    if (!protocol.empty() && !offer.headers.containsToken("Sec-WebSocket-Protocol", protocol))
        return failure("the server chose the WebSocket protocol \"" + protocol + "\", which was not offered");
    return protocol;
}

std::unique_ptr<Stream> streamOverWebSocket(Loop&, std::unique_ptr<WebSocket> socket)
{
    return std::make_unique<WebSocketStream>(std::move(socket));
}

} // namespace kates::http
