#include "engine/base/base64.h"

#include <array>
#include <cstdint>

namespace kates {

namespace {

constexpr std::string_view kStandard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encode(std::string_view bytes, std::string_view alphabet, bool pad)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = bits << 8 | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0u);
        for (std::size_t i = 0; i < 4; ++i) {
            if (i <= count)
                text += alphabet[bits >> (18 - 6 * i) & 63];
            else if (pad)
                text += '=';
        }
    }
    return text;
}

std::optional<std::string> decode(std::string_view text, std::string_view alphabet)
{
    std::array<std::int8_t, 256> values;
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);

    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int held = 0;
    std::size_t letters = 0, padding = 0;
    for (char letter : text) {
        if (letter == '\n' || letter == '\r' || letter == ' ' || letter == '\t')
            continue;
        if (letter == '=') {
            ++padding;
            continue;
        }
        const int value = values[static_cast<unsigned char>(letter)];
        if (value < 0 || padding > 0)
            return std::nullopt;
        ++letters;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if ((held += 6) >= 8) {
            held -= 8;
            bytes += static_cast<char>(bits >> held & 0xff);
        }
    }
    if (letters % 4 == 1 || padding > 2)
        return std::nullopt;
    return bytes;
}

} // namespace

std::string encodeBase64(std::string_view bytes)
{
    return encode(bytes, kStandard, true);
}

std::string encodeBase64Url(std::string_view bytes)
{
    return encode(bytes, kUrlSafe, false);
}

std::optional<std::string> decodeBase64(std::string_view text)
{
    return decode(text, kStandard);
}

std::optional<std::string> decodeBase64Url(std::string_view text)
{
    return decode(text, kUrlSafe);
}

} // namespace kates
