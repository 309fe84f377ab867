// UTF-8 checks. Internal to the codecs.
#pragma once

#include <string_view>

namespace kates::api {

[[nodiscard]] bool isUtf8(std::string_view text);
// The length of the character at the start of `text` (not empty), 0 when the first byte starts none.
[[nodiscard]] std::size_t utf8CharacterLength(std::string_view text);
// The code point of a character of that length.
[[nodiscard]] char32_t utf8CodePoint(std::string_view character);

} // namespace kates::api
