// Where in a text something is wrong. Internal to the parsers.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace kates::api {

// "<format>: line L, column C: <message>", both from 1; columns count bytes.
[[nodiscard]] tl::unexpected<Error> problemAt(std::string_view format, std::size_t line, std::size_t column, std::string_view message);
[[nodiscard]] tl::unexpected<Error> problemAt(std::string_view format, std::string_view text, std::size_t position, std::string_view message);

} // namespace kates::api
