#include "engine/controllers/cronjob/cron_schedule.h"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <vector>

namespace kates::controllers {

namespace {

constexpr std::int64_t kMinutesPerDay = 24 * 60;
constexpr std::int64_t kDaysSearched = 5 * 366;

struct FieldRule {
    const char* name;
    int first, last;
    std::array<std::string_view, 12> names; // of `first` and what follows; empty: numbers only
};
constexpr FieldRule kMinute{"minute", 0, 59, {}};
constexpr FieldRule kHour{"hour", 0, 23, {}};
constexpr FieldRule kDay{"day of month", 1, 31, {}};
constexpr FieldRule kMonth{"month", 1, 12, {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}};
constexpr FieldRule kWeekday{"day of week", 0, 7, {"sun", "mon", "tue", "wed", "thu", "fri", "sat"}};

std::string_view expandMacro(std::string_view text)
{
    static constexpr std::pair<std::string_view, std::string_view> kMacros[] = {{"@hourly", "0 * * * *"}, {"@daily", "0 0 * * *"},
        {"@midnight", "0 0 * * *"}, {"@weekly", "0 0 * * 0"}, {"@monthly", "0 0 1 * *"}, {"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"}};
    for (const auto& [macro, meaning] : kMacros) {
        if (text == macro)
            return meaning;
    }
    return text;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        if (end > 0 || separators == ",")
            parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return parts;
}

std::optional<int> toValue(std::string_view text, const FieldRule& rule)
{
    std::string lower(text);
    for (char& letter : lower)
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    for (std::size_t i = 0; i < rule.names.size(); ++i) {
        if (!rule.names[i].empty() && rule.names[i] == lower)
            return rule.first + static_cast<int>(i);
    }
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < rule.first || value > rule.last)
        return std::nullopt;
    return value;
}

struct Range {
    int first, last, step;
};

// "*", "*/5", "3", "3-7", "3-7/2", "3/2" (from 3 on)
std::optional<Range> parseRange(std::string_view text, const FieldRule& rule)
{
    Range range{rule.first, rule.last, 1};
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos) {
        const std::string_view step = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), range.step);
        if (error != std::errc() || end != step.data() + step.size() || range.step < 1)
            return std::nullopt;
        text = text.substr(0, slash);
    }
    if (text == "*" || text == "?")
        return range;
    const std::size_t dash = text.find('-');
    const auto first = toValue(text.substr(0, dash), rule);
    if (!first)
        return std::nullopt;
    range.first = *first;
    if (dash != std::string_view::npos) {
        const auto last = toValue(text.substr(dash + 1), rule);
        if (!last || *last < *first)
            return std::nullopt;
        range.last = *last;
    } else if (slash == std::string_view::npos) {
        range.last = *first;
    }
    return range;
}

template <std::size_t Size>
Result<void> parseField(std::string_view text, const FieldRule& rule, std::bitset<Size>& field)
{
    for (const std::string_view part : split(text, ",")) {
        const auto range = parseRange(part, rule);
        if (!range)
            return failure(fmt::format("\"{}\" is not a valid {}", text, rule.name));
        for (int value = range->first; value <= range->last; value += range->step)
            field.set(static_cast<std::size_t>(value));
    }
    return {};
}

std::int64_t minuteOf(WallTime time)
{
    return std::chrono::floor<std::chrono::minutes>(time).time_since_epoch().count();
}

WallTime atMinute(std::int64_t minute)
{
    return WallTime(std::chrono::minutes(minute));
}

} // namespace

Result<CronSchedule> CronSchedule::parse(std::string_view text)
{
    const auto fields = split(expandMacro(text), " \t");
    if (fields.size() != 5)
        return failure(fmt::format("the schedule \"{}\" has {} fields instead of 5", text, fields.size()));
    CronSchedule schedule;
    const Result<void> parsed[] = {parseField(fields[0], kMinute, schedule.m_minutes), parseField(fields[1], kHour, schedule.m_hours),
        parseField(fields[2], kDay, schedule.m_days), parseField(fields[3], kMonth, schedule.m_months),
        parseField(fields[4], kWeekday, schedule.m_weekdays)};
    for (const auto& result : parsed) {
        if (!result)
            return unexpected(result.error());
    }
    if (schedule.m_weekdays.test(7))
        schedule.m_weekdays.set(0);
    schedule.m_anyDay = fields[2].starts_with('*') || fields[2].starts_with('?');
    schedule.m_anyWeekday = fields[4].starts_with('*') || fields[4].starts_with('?');
    return schedule;
}

bool CronSchedule::dayMatches(std::int64_t day) const
{
    const std::chrono::sys_days date{std::chrono::days(day)};
    const std::chrono::year_month_day calendar(date);
    if (!m_months.test(static_cast<unsigned>(calendar.month())))
        return false;
    const bool ofMonth = m_days.test(static_cast<unsigned>(calendar.day()));
    const bool ofWeek = m_weekdays.test(std::chrono::weekday(date).c_encoding());
    return m_anyDay || m_anyWeekday ? ofMonth && ofWeek : ofMonth || ofWeek;
}

std::optional<WallTime> CronSchedule::next(WallTime time) const
{
    const std::int64_t from = minuteOf(time) + 1, firstDay = from / kMinutesPerDay;
    for (std::int64_t day = firstDay; day < firstDay + kDaysSearched; ++day) {
        if (!dayMatches(day))
            continue;
        for (std::int64_t minute = std::max<std::int64_t>(0, from - day * kMinutesPerDay); minute < kMinutesPerDay; ++minute) {
            if (m_hours.test(minute / 60) && m_minutes.test(minute % 60))
                return atMinute(day * kMinutesPerDay + minute);
        }
    }
    return std::nullopt;
}

std::optional<WallTime> CronSchedule::last(WallTime after, WallTime until) const
{
    const std::int64_t to = minuteOf(until), lastDay = to / kMinutesPerDay;
    const std::int64_t firstDay = std::max(minuteOf(after) / kMinutesPerDay, lastDay - kDaysSearched);
    for (std::int64_t day = lastDay; day >= firstDay; --day) {
        if (!dayMatches(day))
            continue;
        for (std::int64_t minute = std::min(kMinutesPerDay - 1, to - day * kMinutesPerDay); minute >= 0; --minute) {
            const WallTime candidate = atMinute(day * kMinutesPerDay + minute);
            if (m_hours.test(minute / 60) && m_minutes.test(minute % 60))
                return candidate > after ? std::optional(candidate) : std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace kates::controllers
