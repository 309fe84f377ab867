// RFC 6455 over a Stream that has been upgraded. Messages are bounded; pings are answered.
#pragma once

#include "engine/http/server.h"
#include "engine/http/stream.h"

namespace kates::http {

struct WebSocketMessage {
    enum class Type { Text, Binary, Close } type;
    std::string data;
};

class WebSocket {
public:
    virtual ~WebSocket() = default;
    virtual Task<Result<WebSocketMessage>> receive() = 0; // Close once, then an error
    virtual Task<Result<void>> send(WebSocketMessage::Type type, std::string data) = 0;
    virtual Task<void> close(int code, std::string reason) = 0;
    virtual const std::string& protocol() const = 0; // the negotiated subprotocol
};

constexpr std::size_t kWebSocketMessageMaxBytes = 1u << 20;

bool isWebSocketUpgrade(const Request& request);
// Accepts with the first of `protocols` (in our order) that the client offers; answers 400/403 and gives nullptr when none fits.
Task<std::unique_ptr<WebSocket>> acceptWebSocket(Exchange& exchange, std::vector<std::string> protocols);
// Client side, over a stream on which a 101 was received.
std::unique_ptr<WebSocket> makeClientWebSocket(Loop& loop, std::unique_ptr<Stream> stream, std::string protocol);
// Bytes as binary messages: kubectl tunnels SPDY port-forwards so (SPDY/3.1+portforward.k8s.io).
std::unique_ptr<Stream> streamOverWebSocket(Loop& loop, std::unique_ptr<WebSocket> socket);

} // namespace kates::http
