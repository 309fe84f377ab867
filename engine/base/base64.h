// RFC 4648 base64, and the URL-safe alphabet without padding that JWTs use.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kates {

[[nodiscard]] std::string encodeBase64(std::string_view bytes);
[[nodiscard]] std::string encodeBase64Url(std::string_view bytes);
// White space is skipped; padding is optional. nullopt: another character, or an impossible length.
[[nodiscard]] std::optional<std::string> decodeBase64(std::string_view text);
[[nodiscard]] std::optional<std::string> decodeBase64Url(std::string_view text);

} // namespace kates
