#include "engine/base/time.h"

#include <ctime>
#include <fmt/format.h>

namespace kates {

namespace {

std::tm toUtc(WallTime time)
{
    std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    return parts;
}

// Reads exactly `digits` decimal digits at `position`, and moves it; -1 when there are none.
int readNumber(std::string_view text, std::size_t& position, int digits)
{
    int value = 0;
    for (int i = 0; i < digits; ++i, ++position) {
        if (position >= text.size() || text[position] < '0' || text[position] > '9')
            return -1;
        value = value * 10 + (text[position] - '0');
    }
    return value;
}

bool readChar(std::string_view text, std::size_t& position, char expected)
{
    return position < text.size() && text[position++] == expected;
}

// The fraction of a second, if there is one.
std::chrono::nanoseconds readFraction(std::string_view text, std::size_t& position)
{
    if (position >= text.size() || text[position] != '.')
        return {};
    std::int64_t nanoseconds = 0, unit = 100'000'000;
    for (++position; position < text.size() && text[position] >= '0' && text[position] <= '9'; ++position, unit /= 10)
        nanoseconds += (text[position] - '0') * unit;
    return std::chrono::nanoseconds(nanoseconds);
}

std::optional<std::chrono::minutes> readOffset(std::string_view text, std::size_t& position)
{
    if (position >= text.size())
        return std::nullopt;
    const char sign = text[position++];
    if (sign == 'Z' || sign == 'z')
        return std::chrono::minutes(0);
    if (sign != '+' && sign != '-')
        return std::nullopt;
    const int hours = readNumber(text, position, 2);
    const bool colon = readChar(text, position, ':');
    const int minutes = readNumber(text, position, 2);
    if (hours < 0 || hours > 23 || !colon || minutes < 0 || minutes > 59)
        return std::nullopt;
    return std::chrono::minutes((sign == '-' ? -1 : 1) * (hours * 60 + minutes));
}

} // namespace

std::string formatTime(WallTime time)
{
    std::tm parts = toUtc(time);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
        parts.tm_sec);
}

std::string formatMicroTime(WallTime time)
{
    auto microseconds = std::chrono::floor<std::chrono::microseconds>(time.time_since_epoch()).count() % 1'000'000;
    std::string text = formatTime(time);
    text.pop_back();
    return text + fmt::format(".{:06}Z", microseconds);
}

std::optional<WallTime> parseTime(std::string_view text)
{
    std::size_t at = 0;
    const int year = readNumber(text, at, 4);
    bool separators = readChar(text, at, '-');
    const int month = readNumber(text, at, 2);
    separators = readChar(text, at, '-') && separators;
    const int day = readNumber(text, at, 2);
    separators = at < text.size() && (text[at] == 'T' || text[at] == 't') && separators;
    ++at;
    const int hour = readNumber(text, at, 2);
    separators = readChar(text, at, ':') && separators;
    const int minute = readNumber(text, at, 2);
    separators = readChar(text, at, ':') && separators;
    const int second = readNumber(text, at, 2);
    const auto date = std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day)));
    if (!separators || !date.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return std::nullopt;
    const auto fraction = readFraction(text, at);
    const auto offset = readOffset(text, at);
    if (!offset || at != text.size())
        return std::nullopt;
    const auto time = std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second) - *offset;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch());
    constexpr auto kEdge = std::chrono::duration_cast<std::chrono::seconds>(WallTime::duration::max()) - std::chrono::seconds(1);
    if (seconds > kEdge || seconds < -kEdge)
        return seconds > kEdge ? WallTime::max() : WallTime::min();
    return WallTime(std::chrono::duration_cast<WallTime::duration>(time.time_since_epoch() + fraction));
}

} // namespace kates
