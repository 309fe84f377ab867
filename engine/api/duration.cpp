#include "engine/api/duration.h"

#include <fmt/format.h>

namespace kates::api {

namespace {

// "3m20s", or "3m" when nothing is left over.
std::string twoUnits(std::int64_t large, char largeUnit, std::int64_t small, char smallUnit)
{
    return small == 0 ? fmt::format("{}{}", large, largeUnit) : fmt::format("{}{}{}{}", large, largeUnit, small, smallUnit);
}

} // namespace

std::string humanDuration(std::chrono::nanoseconds duration)
{
    constexpr std::int64_t kHoursPerYear = 24 * 365;
    const std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    const std::int64_t minutes = seconds / 60;
    const std::int64_t hours = minutes / 60;
    const std::int64_t days = hours / 24;
    if (seconds < -1)
        return "<invalid>";
    if (seconds < 0)
        return "0s";
    if (seconds < 120)
        return fmt::format("{}s", seconds);
    if (minutes < 10)
        return twoUnits(minutes, 'm', seconds % 60, 's');
    if (minutes < 180)
        return fmt::format("{}m", minutes);
    if (hours < 8)
        return twoUnits(hours, 'h', minutes % 60, 'm');
    if (hours < 48)
        return fmt::format("{}h", hours);
    if (hours < 24 * 8)
        return twoUnits(days, 'd', hours % 24, 'h');
    if (hours < kHoursPerYear * 2)
        return fmt::format("{}d", days);
    if (hours < kHoursPerYear * 8)
        return twoUnits(days / 365, 'y', days % 365, 'd');
    return fmt::format("{}y", days / 365);
}

} // namespace kates::api
