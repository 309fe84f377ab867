#include "engine/apiserver/registry/cronjob/cron_schedule.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <vector>

#include <fmt/format.h>

namespace kates::apiserver {

namespace {

constexpr std::array<std::string_view, 12> kMonths {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kDays {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct FieldRule {
    std::string_view name;
    int minimum, maximum;
    std::span<const std::string_view> names; // of the values from the minimum on
};

constexpr FieldRule kFields[] {
    {"minute", 0, 59, {}},
    {"hour", 0, 23, {}},
    {"day of month", 1, 31, {}},
    {"month", 1, 12, kMonths},
    {"day of week", 0, 6, kDays},
};

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::optional<int> valueOf(std::string_view text, const FieldRule& rule)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
    if (const auto name = std::ranges::find(rule.names, lower); name != rule.names.end())
        return rule.minimum + static_cast<int>(name - rule.names.begin());
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size())
        return {};
    return number;
}

// One of a list: *, ?, a value or a range, each perhaps with a step.
std::optional<std::string> itemProblem(std::string_view item, const FieldRule& rule)
{
    const auto steps = split(item, '/');
    if (steps.size() > 2)
        return fmt::format("too many slashes in {}: {}", rule.name, item);
    if (steps.size() == 2) {
        const auto step = valueOf(steps[1], {});
        if (!step || *step <= 0)
            return fmt::format("the step of {} must be a positive number: {}", rule.name, item);
    }
    if (steps[0] == "*" || steps[0] == "?")
        return {};
    const auto ends = split(steps[0], '-');
    if (ends.size() > 2)
        return fmt::format("too many hyphens in {}: {}", rule.name, item);
    const auto first = valueOf(ends.front(), rule);
    const auto last = valueOf(ends.back(), rule);
    if (!first || !last)
        return fmt::format("{} is not a number: {}", rule.name, item);
    if (*first < rule.minimum || *last > rule.maximum)
        return fmt::format("{} must be between {} and {}: {}", rule.name, rule.minimum, rule.maximum, item);
    if (*first > *last)
        return fmt::format("the range of {} begins after its end: {}", rule.name, item);
    return {};
}

// A Go duration: 1h30m, 90s.
bool isDuration(std::string_view text)
{
    constexpr std::array<std::string_view, 7> kUnits {"ns", "us", "ms", "µs", "h", "m", "s"};
    bool any = false;
    while (!text.empty()) {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
        if (digits == 0)
            return false;
        text.remove_prefix(digits);
        const auto unit = std::ranges::find_if(kUnits, [&](std::string_view candidate) { return text.starts_with(candidate); });
        if (unit == kUnits.end())
            return false;
        text.remove_prefix(unit->size());
        any = true;
    }
    return any;
}

std::optional<std::string> macroProblem(std::string_view schedule)
{
    constexpr std::array<std::string_view, 7> kMacros {"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"};
    constexpr std::string_view kEvery = "@every ";
    if (std::ranges::find(kMacros, schedule) != kMacros.end())
        return {};
    if (schedule.starts_with(kEvery) && isDuration(schedule.substr(kEvery.size())))
        return {};
    return fmt::format("unrecognized descriptor: {}", schedule);
}

} // namespace

std::optional<std::string> cronScheduleProblem(std::string_view schedule)
{
    if (schedule.starts_with("TZ=") || schedule.starts_with("CRON_TZ="))
        return "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
    if (schedule.starts_with('@'))
        return macroProblem(schedule);
    std::vector<std::string_view> fields;
    for (const std::string_view field : split(schedule, ' ')) {
        if (!field.empty())
            fields.push_back(field);
    }
    if (fields.size() != std::size(kFields))
        return fmt::format("expected exactly 5 fields, found {}: [{}]", fields.size(), fmt::join(fields, " "));
    for (std::size_t i = 0; i < fields.size(); ++i) {
        for (const std::string_view item : split(fields[i], ',')) {
            if (auto problem = itemProblem(item, kFields[i]))
                return problem;
        }
    }
    return {};
}

} // namespace kates::apiserver
