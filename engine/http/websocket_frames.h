// RFC 6455 frames, to and from bytes. Inside engine/http only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace kates::http {

enum class WebSocketOpcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

struct WebSocketFrame {
    WebSocketOpcode opcode;
    bool last = true; // of its message
    std::string payload;
};

// What the peer did wrong, and the close code that tells it (section 7.4.1).
struct WebSocketViolation {
    int closeCode;
    std::string message;
};

constexpr std::size_t kWebSocketControlMaxBytes = 125;

// `mask`: clients mask what they send (section 5.3), with fresh randomness.
std::string encodeWebSocketFrame(WebSocketOpcode opcode, std::string_view payload, bool mask);
std::string webSocketClosePayload(int code, std::string_view reason);

class WebSocketFrameReader {
public:
    // `expectMasked`: the peer is a client.
    WebSocketFrameReader(bool expectMasked, std::size_t payloadMaxBytes) : m_expectMasked(expectMasked), m_payloadMaxBytes(payloadMaxBytes) {}
    void push(std::string_view bytes);
    // The next whole frame, unmasked; nullopt: more bytes are needed.
    tl::expected<std::optional<WebSocketFrame>, WebSocketViolation> next();

private:
    bool m_expectMasked;
    std::size_t m_payloadMaxBytes;
    std::string m_buffer; // of which the first m_used bytes are done with
    std::size_t m_used = 0;
};

bool isUtf8(std::string_view text);

} // namespace kates::http
