#include "engine/http/spdy_frames.h"

namespace kates::http {

namespace {

constexpr std::size_t kHeaderBytes = 8;
constexpr unsigned kVersion = 3;
constexpr std::size_t kCompactAtBytes = 64u << 10;

std::string frame(std::uint32_t first, std::uint8_t flags, std::string_view payload)
{
    std::string bytes;
    bytes.reserve(kHeaderBytes + payload.size());
    bytes += spdyNumber(first);
    bytes += spdyNumber(static_cast<std::uint32_t>(flags) << 24 | static_cast<std::uint32_t>(payload.size()));
    bytes += payload;
    return bytes;
}

bool isKnown(unsigned type)
{
    return type >= 1 && type <= 9 && type != 5;
}

} // namespace

std::string spdyNumber(std::uint32_t number)
{
    return {static_cast<char>(number >> 24), static_cast<char>(number >> 16), static_cast<char>(number >> 8), static_cast<char>(number)};
}

std::uint32_t spdyNumberAt(std::string_view payload, std::size_t at)
{
    if (payload.size() < at + 4)
        return 0;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number = number << 8 | static_cast<unsigned char>(payload[at + i]);
    return number;
}

std::string spdyControl(SpdyType type, std::uint8_t flags, std::string_view payload)
{
    return frame(0x80000000u | kVersion << 16 | static_cast<std::uint32_t>(type), flags, payload);
}

std::string spdyData(std::uint32_t streamId, std::uint8_t flags, std::string_view data)
{
    return frame(streamId & 0x7fffffffu, flags, data);
}

void SpdyFrameReader::push(std::string_view bytes)
{
    if (m_used == m_buffer.size() || m_used >= kCompactAtBytes) {
        m_buffer.erase(0, m_used);
        m_used = 0;
    }
    m_buffer += bytes;
}

Result<std::optional<SpdyFrame>> SpdyFrameReader::next()
{
    for (;;) {
        auto input = std::string_view(m_buffer).substr(m_used);
        if (input.size() < kHeaderBytes)
            return std::nullopt;
        std::uint32_t first = spdyNumberAt(input, 0), second = spdyNumberAt(input, 4);
        std::size_t size = second & 0xffffffu;
        bool control = first >> 31;
        if (control && (first >> 16 & 0x7fffu) != kVersion)
            return failure("a frame of another SPDY version");
        if (size > kSpdyFrameMaxBytes)
            return failure("a SPDY frame is too large");
        if (input.size() - kHeaderBytes < size)
            return std::nullopt;
        m_used += kHeaderBytes + size;
        unsigned type = control ? first & 0xffffu : 0;
        if (control && !isKnown(type))
            continue; // to be ignored, says the specification
        auto flags = static_cast<std::uint8_t>(second >> 24);
        return SpdyFrame{static_cast<SpdyType>(type), control ? 0 : first, flags, std::string(input.substr(kHeaderBytes, size))};
    }
}

} // namespace kates::http
