#include "engine/http/websocket_connection.h"
#include "engine/http/websocket_frames.h"

#include <cerrno>

namespace kates::http {

namespace {

constexpr int kCloseNormal = 1000, kCloseProtocolError = 1002, kCloseNoCode = 1005, kCloseBadText = 1007, kCloseTooLarge = 1009;

// Shared with the coroutines, which may outlast the WebSocket object.
struct Shared {
    Loop& loop;
    std::unique_ptr<Stream> stream;
    bool client;
    WebSocketFrameReader reader;
    std::string partial; // the message of which not all fragments are here
    std::optional<WebSocketMessage::Type> partialType;
    bool closeSent = false;
    bool closeReceived = false;
    bool receiving = false;
    Registration closeTimer;
};
using SharedPtr = std::shared_ptr<Shared>;

Task<Result<void>> sendFrame(SharedPtr shared, WebSocketOpcode opcode, std::string payload)
{
    auto frame = encodeWebSocketFrame(opcode, payload, shared->client);
    co_return co_await shared->stream->write(std::move(frame));
}

// Codes that may stand in a Close frame (section 7.4).
bool isSendableCode(int code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

Task<void> sendClose(SharedPtr shared, int code, std::string reason)
{
    if (std::exchange(shared->closeSent, true))
        co_return;
    std::string payload = code == kCloseNoCode ? std::string() : webSocketClosePayload(code, reason);
    if (!shared->closeReceived)
        shared->closeTimer = shared->loop.after(kWebSocketCloseTimeout, [weak = std::weak_ptr(shared)] {
            if (auto alive = weak.lock())
                alive->stream->close();
        });
    co_await sendFrame(shared, WebSocketOpcode::Close, std::move(payload));
    if (shared->closeReceived)
        shared->stream->closeWrite();
}

Task<Result<WebSocketMessage>> failConnection(SharedPtr shared, WebSocketViolation violation)
{
    co_await sendClose(shared, violation.closeCode, violation.message);
    shared->stream->close();
    shared->closeTimer.reset();
    co_return failure("the WebSocket's peer broke the protocol: " + violation.message);
}

tl::expected<WebSocketMessage, WebSocketViolation> readClose(const std::string& payload)
{
    if (payload.empty())
        return WebSocketMessage{WebSocketMessage::Type::Close, {}, kCloseNoCode};
    if (payload.size() == 1)
        return tl::unexpected(WebSocketViolation{kCloseProtocolError, "a close code is cut short"});
    int code = static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
    std::string reason = payload.substr(2);
    if (!isSendableCode(code) || !isUtf8(reason))
        return tl::unexpected(WebSocketViolation{kCloseProtocolError, "a close code or reason is not allowed"});
    return WebSocketMessage{WebSocketMessage::Type::Close, std::move(reason), code};
}

// Adds a data frame. A message when it was the last fragment.
tl::expected<std::optional<WebSocketMessage>, WebSocketViolation> assemble(Shared& shared, WebSocketFrame frame)
{
    bool continuation = frame.opcode == WebSocketOpcode::Continuation;
    if (continuation != shared.partialType.has_value())
        return tl::unexpected(WebSocketViolation{kCloseProtocolError, "fragments are out of order"});
    if (!continuation)
        shared.partialType = frame.opcode == WebSocketOpcode::Text ? WebSocketMessage::Type::Text : WebSocketMessage::Type::Binary;
    if (shared.partial.size() + frame.payload.size() > kWebSocketMessageMaxBytes)
        return tl::unexpected(WebSocketViolation{kCloseTooLarge, "a message is too large"});
    if (shared.partial.empty())
        shared.partial = std::move(frame.payload);
    else
        shared.partial += frame.payload;
    if (!frame.last)
        return std::nullopt;
    WebSocketMessage message{*std::exchange(shared.partialType, std::nullopt), std::exchange(shared.partial, {})};
    if (message.type == WebSocketMessage::Type::Text && !isUtf8(message.data))
        return tl::unexpected(WebSocketViolation{kCloseBadText, "a text is not UTF-8"});
    return message;
}

Task<Result<WebSocketMessage>> receiveClose(SharedPtr shared, std::string payload)
{
    auto message = readClose(payload);
    if (!message)
        co_return co_await failConnection(shared, message.error());
    shared->closeReceived = true;
    shared->closeTimer.reset();
    if (shared->closeSent)
        shared->stream->closeWrite();
    else
        co_await sendClose(shared, message->closeCode, message->data);
    co_return std::move(*message);
}

Task<Result<WebSocketMessage>> receiveMessage(SharedPtr shared)
{
    if (shared->closeReceived)
        co_return systemFailure("the WebSocket is closed", EPIPE);
    for (;;) {
        auto frame = shared->reader.next();
        if (!frame)
            co_return co_await failConnection(shared, frame.error());
        if (!*frame) {
            auto bytes = co_await shared->stream->read();
            if (!bytes)
                co_return tl::unexpected(bytes.error());
            if (bytes->empty())
                co_return systemFailure("the WebSocket's peer went away", ECONNRESET);
            shared->reader.push(*bytes);
        } else if ((*frame)->opcode == WebSocketOpcode::Close) {
            co_return co_await receiveClose(shared, std::move((*frame)->payload));
        } else if ((*frame)->opcode == WebSocketOpcode::Ping && !shared->closeSent) {
            co_await sendFrame(shared, WebSocketOpcode::Pong, std::move((*frame)->payload));
        } else if ((*frame)->opcode < WebSocketOpcode::Close) {
            auto message = assemble(*shared, std::move(**frame));
            if (!message)
                co_return co_await failConnection(shared, message.error());
            if (*message)
                co_return std::move(**message);
        }
    }
}

Task<Result<WebSocketMessage>> receiveOnce(SharedPtr shared)
{
    shared->receiving = true;
    auto message = co_await receiveMessage(shared);
    shared->receiving = false;
    co_return message;
}

Task<Result<void>> sendMessage(SharedPtr shared, WebSocketMessage::Type type, std::string data)
{
    if (shared->closeSent || type == WebSocketMessage::Type::Close)
        co_return systemFailure("the WebSocket is closed", EPIPE);
    co_return co_await sendFrame(shared, type == WebSocketMessage::Type::Text ? WebSocketOpcode::Text : WebSocketOpcode::Binary, std::move(data));
}

Task<void> closeShared(SharedPtr shared, int code, std::string reason)
{
    co_await sendClose(shared, code, std::move(reason));
    while (!shared->closeReceived && !shared->receiving) {
        auto message = co_await receiveOnce(shared);
        if (!message)
            co_return;
    }
}

class StreamWebSocket final : public WebSocket {
public:
    StreamWebSocket(SharedPtr shared, std::string protocol) : m_shared(std::move(shared)), m_protocol(std::move(protocol)) {}
    ~StreamWebSocket() override
    {
        m_shared->closeTimer.reset();
        m_shared->stream->close();
    }
    Task<Result<WebSocketMessage>> receive() override { return receiveOnce(m_shared); }
    Task<Result<void>> send(WebSocketMessage::Type type, std::string data) override { return sendMessage(m_shared, type, std::move(data)); }
    Task<void> close(int code, std::string reason) override { return closeShared(m_shared, code, std::move(reason)); }
    const std::string& protocol() const override { return m_protocol; }

private:
    SharedPtr m_shared;
    std::string m_protocol;
};

} // namespace

std::unique_ptr<WebSocket> makeWebSocket(Loop& loop, std::unique_ptr<Stream> stream, std::string protocol, bool client)
{
    WebSocketFrameReader reader(!client, kWebSocketMessageMaxBytes);
    auto shared = std::make_shared<Shared>(Shared{loop, std::move(stream), client, std::move(reader)});
    return std::make_unique<StreamWebSocket>(std::move(shared), std::move(protocol));
}

std::unique_ptr<WebSocket> makeClientWebSocket(Loop& loop, std::unique_ptr<Stream> stream, std::string protocol)
{
    return makeWebSocket(loop, std::move(stream), std::move(protocol), true);
}

} // namespace kates::http
