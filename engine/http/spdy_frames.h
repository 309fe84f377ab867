// SPDY/3.1 frames and header blocks, to and from bytes. Inside engine/http only.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/http/headers.h"

namespace kates::http {

enum class SpdyType : std::uint16_t {
    Data = 0, // our name for the frames that are not control frames
    SynStream = 1,
    SynReply = 2,
    RstStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    Headers = 8,
    WindowUpdate = 9
};

constexpr std::uint8_t kSpdyFin = 1, kSpdyUnidirectional = 2;
constexpr std::uint32_t kSpdyProtocolError = 1, kSpdyRefusedStream = 3, kSpdyCancel = 5; // status codes of RST_STREAM
constexpr std::uint32_t kSpdySettingsInitialWindow = 7;
constexpr std::int64_t kSpdyInitialWindowBytes = 64 << 10;

constexpr std::size_t kSpdyFrameMaxBytes = 1u << 20;
constexpr std::size_t kSpdyHeadersMaxBytes = 64u << 10; // decompressed
constexpr std::size_t kSpdyHeadersMax = 256;

struct SpdyFrame {
    SpdyType type;
    std::uint32_t streamId = 0; // of DATA; control frames have theirs in the payload
    std::uint8_t flags = 0;
    std::string payload;
};

std::string spdyControl(SpdyType type, std::uint8_t flags, std::string_view payload);
std::string spdyData(std::uint32_t streamId, std::uint8_t flags, std::string_view data);
std::string spdyNumber(std::uint32_t number);                         // big-endian
std::uint32_t spdyNumberAt(std::string_view payload, std::size_t at); // 0 past the end

class SpdyFrameReader {
public:
    void push(std::string_view bytes);
    // nullopt: more bytes are needed.
    [[nodiscard]] Result<std::optional<SpdyFrame>> next();

private:
    std::string m_buffer; // of which the first m_used bytes are done with
    std::size_t m_used = 0;
};

// One zlib stream with SPDY's dictionary. Every header block of a connection must go through, in order.
class SpdyInflater {
public:
    SpdyInflater();
    ~SpdyInflater();
    SpdyInflater(const SpdyInflater&) = delete;
    // Names are lower case; several values of one name become several fields.
    [[nodiscard]] Result<Headers> decode(std::string_view block);

private:
    [[nodiscard]] Result<std::string> inflateBlock(std::string_view block);
    z_stream m_zlib = {};
};

class SpdyDeflater {
public:
    SpdyDeflater();
    ~SpdyDeflater();
    SpdyDeflater(const SpdyDeflater&) = delete;
    std::string encode(const Headers& headers);

private:
    z_stream m_zlib = {};
};

} // namespace kates::http
