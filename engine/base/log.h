// Logs: a constant message and key=value pairs, a category per folder, to standard error.
//   log::info("apiserver", "listening", "address", address, "port", port);
#pragma once

#include <fmt/format.h>
#include <string>
#include <string_view>

namespace kates::log {

enum class Level { Debug, Info, Warning, Error };

void setLevel(Level level);
bool enabled(Level level);
void write(Level level, std::string_view category, std::string_view text);

namespace detail {
inline void append(std::string&) {}
template <typename Value, typename... Rest>
void append(std::string& text, std::string_view key, const Value& value, const Rest&... rest)
{
    fmt::format_to(std::back_inserter(text), " {}={}", key, value);
    append(text, rest...);
}
template <typename... Pairs>
void format(Level level, std::string_view category, std::string_view message, const Pairs&... pairs)
{
    if (!enabled(level))
        return;
    std::string text(message);
    append(text, pairs...);
    write(level, category, text);
}
} // namespace detail

template <typename... Pairs>
void debug(std::string_view category, std::string_view message, const Pairs&... pairs)
{
    detail::format(Level::Debug, category, message, pairs...);
}
template <typename... Pairs>
void info(std::string_view category, std::string_view message, const Pairs&... pairs)
{
    detail::format(Level::Info, category, message, pairs...);
}
template <typename... Pairs>
void warning(std::string_view category, std::string_view message, const Pairs&... pairs)
{
    detail::format(Level::Warning, category, message, pairs...);
}
template <typename... Pairs>
void error(std::string_view category, std::string_view message, const Pairs&... pairs)
{
    detail::format(Level::Error, category, message, pairs...);
}

} // namespace kates::log
