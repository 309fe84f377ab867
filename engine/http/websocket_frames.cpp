#include "engine/http/websocket_frames.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace kates::http {

namespace {

constexpr unsigned kFin = 0x80, kReservedBits = 0x70, kOpcodeBits = 0x0f, kMasked = 0x80, kLengthBits = 0x7f;
constexpr unsigned kLength16 = 126, kLength64 = 127;
constexpr std::size_t kMaskBytes = 4;
constexpr std::size_t kCompactAtBytes = 64u << 10;

void applyMask(char* data, std::size_t size, const char* mask)
{
    std::uint64_t wide = 0;
    std::memcpy(&wide, mask, kMaskBytes);
    std::memcpy(reinterpret_cast<char*>(&wide) + kMaskBytes, mask, kMaskBytes);
    std::size_t i = 0;
    for (; i + sizeof wide <= size; i += sizeof wide) {
        std::uint64_t word = 0;
        std::memcpy(&word, data + i, sizeof word);
        word ^= wide;
        std::memcpy(data + i, &word, sizeof word);
    }
    for (; i < size; ++i)
        data[i] = static_cast<char>(data[i] ^ mask[i % kMaskBytes]);
}

std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (char byte : bytes)
        number = number << 8 | static_cast<unsigned char>(byte);
    return number;
}

bool isKnown(unsigned opcode)
{
    return opcode <= 2 || (opcode >= 8 && opcode <= 10);
}

tl::unexpected<WebSocketViolation> violation(int code, std::string message)
{
    return tl::unexpected(WebSocketViolation{code, std::move(message)});
}

} // namespace

std::string encodeWebSocketFrame(WebSocketOpcode opcode, std::string_view payload, bool mask)
{
    std::string frame;
    frame.reserve(payload.size() + 14);
    frame += static_cast<char>(kFin | static_cast<unsigned>(opcode));
    char maskBit = mask ? static_cast<char>(kMasked) : '\0';
    int lengthBytes = payload.size() < kLength16 ? 0 : payload.size() <= 0xffff ? 2 : 8;
    auto length7 = lengthBytes == 0 ? payload.size() : lengthBytes == 2 ? kLength16 : kLength64;
    frame += static_cast<char>(maskBit | static_cast<char>(length7));
    for (int i = lengthBytes - 1; i >= 0; --i)
        frame += static_cast<char>(payload.size() >> (8 * i) & 0xff);
    char key[kMaskBytes] = {};
    if (mask) {
        RAND_bytes(reinterpret_cast<unsigned char*>(key), sizeof key);
        frame.append(key, sizeof key);
    }
    std::size_t start = frame.size();
    frame += payload;
    if (mask)
        applyMask(frame.data() + start, payload.size(), key);
    return frame;
}

std::string webSocketClosePayload(int code, std::string_view reason)
{
    std::string payload;
    payload += static_cast<char>(code >> 8 & 0xff);
    payload += static_cast<char>(code & 0xff);
    payload += reason.substr(0, kWebSocketControlMaxBytes - 2);
    return payload;
}

void WebSocketFrameReader::push(std::string_view bytes)
{
    if (m_used == m_buffer.size() || m_used >= kCompactAtBytes) {
        m_buffer.erase(0, m_used);
        m_used = 0;
    }
    m_buffer += bytes;
}

tl::expected<std::optional<WebSocketFrame>, WebSocketViolation> WebSocketFrameReader::next()
{
    auto input = std::string_view(m_buffer).substr(m_used);
    if (input.size() < 2)
        return std::nullopt;
    unsigned first = static_cast<unsigned char>(input[0]), second = static_cast<unsigned char>(input[1]);
    unsigned opcode = first & kOpcodeBits;
    bool control = opcode >= 8;
    if ((first & kReservedBits) || !isKnown(opcode))
        return violation(1002, "a reserved bit or opcode is used");
    if (control && (!(first & kFin) || (second & kLengthBits) > kWebSocketControlMaxBytes))
        return violation(1002, "a control frame is fragmented or too long");
    if (((second & kMasked) != 0) != m_expectMasked)
        return violation(1002, m_expectMasked ? "a client's frame is not masked" : "a server's frame is masked");
    std::size_t lengthBytes = (second & kLengthBits) == kLength16 ? 2 : (second & kLengthBits) == kLength64 ? 8 : 0;
    std::size_t headerBytes = 2 + lengthBytes + (m_expectMasked ? kMaskBytes : 0);
    if (input.size() < headerBytes)
        return std::nullopt;
    std::uint64_t length = lengthBytes ? bigEndian(input.substr(2, lengthBytes)) : second & kLengthBits;
    if ((lengthBytes == 2 && length < kLength16) || (lengthBytes == 8 && length <= 0xffff))
        return violation(1002, "a length is not written in its shortest form");
    if (length > m_payloadMaxBytes)
        return violation(1009, "a message is too large");
    if (input.size() - headerBytes < length)
        return std::nullopt;
    WebSocketFrame frame{static_cast<WebSocketOpcode>(opcode), (first & kFin) != 0, std::string(input.substr(headerBytes, length))};
    if (m_expectMasked)
        applyMask(frame.payload.data(), frame.payload.size(), input.data() + headerBytes - kMaskBytes);
    m_used += headerBytes + length;
    return frame;
}

// RFC 3629: shortest forms, no surrogates, nothing above U+10FFFF.
bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        auto lead = static_cast<unsigned char>(text[i]);
        int more = lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : -1;
        if (more < 0 || text.size() - i <= static_cast<std::size_t>(more))
            return false;
        for (int k = 1; k <= more; ++k) {
            if ((static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]) & 0xc0) != 0x80)
                return false;
        }
        auto second = more ? static_cast<unsigned char>(text[i + 1]) : 0;
        bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
        bool outOfRange = (lead == 0xed && second > 0x9f) || (lead == 0xf4 && second > 0x8f);
        if (overlong || outOfRange)
            return false;
        i += 1 + static_cast<std::size_t>(more);
    }
    return true;
}

} // namespace kates::http
