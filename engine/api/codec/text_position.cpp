#include "engine/api/codec/text_position.h"

#include <algorithm>
#include <fmt/format.h>

namespace kates::api {

tl::unexpected<Error> problemAt(std::string_view format, std::size_t line, std::size_t column, std::string_view message)
{
    return failure(fmt::format("{}: line {}, column {}: {}", format, line, column, message));
}

tl::unexpected<Error> problemAt(std::string_view format, std::string_view text, std::size_t position, std::string_view message)
{
    const std::string_view before = text.substr(0, position);
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
    return problemAt(format, std::count(before.begin(), before.end(), '\n') + 1, position - lineStart + 1, message);
}

} // namespace kates::api
