// RFC 6455 over a Stream that has been upgraded. Messages are bounded; pings are answered while somebody receives. No extensions.
#pragma once

#include "engine/http/server.h"
#include "engine/http/stream.h"

namespace kates::http {

struct WebSocketMessage {
    enum class Type { Text, Binary, Close } type;
    std::string data;     // of a Close: the reason
    int closeCode = 1000; // of a Close; 1005 when the peer gave none
};

class WebSocket {
public:
    // Closes the connection at once; receive() and send() under way end with an error.
    virtual ~WebSocket() = default;
    // One at a time. Close once (it has been answered), then an error. A peer that breaks the protocol is told by a close code; that is an error too.
    virtual Task<Result<WebSocketMessage>> receive() = 0;
    // Text or Binary. Any number at a time, served in order; completes when the kernel has the bytes.
    virtual Task<Result<void>> send(WebSocketMessage::Type type, std::string data) = 0;
    // Says good-bye. The peer's answer goes to a receive() under way; without one, close() waits for it. After kWebSocketCloseTimeout the
    // connection is closed in any case.
    virtual Task<void> close(int code, std::string reason) = 0;
    virtual const std::string& protocol() const = 0; // the negotiated subprotocol
};

constexpr std::size_t kWebSocketMessageMaxBytes = 1u << 20;
constexpr auto kWebSocketCloseTimeout = std::chrono::seconds(2);

bool isWebSocketUpgrade(const Request& request);
// Accepts with the first of `protocols` (in our order) that the client offers; answers 400 and gives nullptr when none fits. An empty list
// accepts a client that offers none.
Task<std::unique_ptr<WebSocket>> acceptWebSocket(Exchange& exchange, std::vector<std::string> protocols);

// Client side: the headers of the request, then the check of the 101's headers, then the socket over the response's stream.
struct WebSocketOffer {
    Headers headers;
    std::string key;
};
WebSocketOffer offerWebSocket(const std::vector<std::string>& protocols);
// The subprotocol that the server chose ("" for none); an error when its answer does not fit the offer.
[[nodiscard]] Result<std::string> checkWebSocketAnswer(const WebSocketOffer& offer, int status, const Headers& headers);
std::unique_ptr<WebSocket> makeClientWebSocket(Loop& loop, std::unique_ptr<Stream> stream, std::string protocol);

// Bytes as binary messages: kubectl tunnels SPDY port-forwards so (SPDY/3.1+portforward.k8s.io). closeWrite() does nothing: a WebSocket has
// no half close.
std::unique_ptr<Stream> streamOverWebSocket(Loop& loop, std::unique_ptr<WebSocket> socket);

} // namespace kates::http
