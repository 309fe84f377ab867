#include "engine/api/codec/utf8.h"

#include <simdjson.h>

namespace kates::api {

bool isUtf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

std::size_t utf8CharacterLength(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    return length <= text.size() && (length <= 1 || isUtf8(text.substr(0, length))) ? length : 0;
}

char32_t utf8CodePoint(std::string_view character)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(character[at]); };
    if (character.size() == 1)
        return byte(0);
    char32_t code = byte(0) & (0x7f >> character.size());
    for (std::size_t i = 1; i < character.size(); ++i)
        code = code << 6 | (byte(i) & 0x3f);
    return code;
}

} // namespace kates::api
