// A cron schedule: "minute hour day-of-month month day-of-week", with lists, ranges, steps and names, "?" for "*", and @hourly, @daily, @midnight,
// @weekly, @monthly, @yearly, @annually. When both days are restricted, one of them is enough. In UTC.
#pragma once

#include <bitset>
#include <optional>
#include <string>

#include "engine/base/loop.h"
#include "engine/base/result.h"

namespace kates::controllers {

class CronSchedule {
public:
    static Result<CronSchedule> parse(std::string_view text); // the error names the field

    // The first time after `time`; nullopt: none within five years (31 February).
    std::optional<WallTime> next(WallTime time) const;
    // The last time in (after, until].
    std::optional<WallTime> last(WallTime after, WallTime until) const;

private:
    bool dayMatches(std::int64_t day) const; // days since 1970-01-01
    std::bitset<60> m_minutes;
    std::bitset<24> m_hours;
    std::bitset<32> m_days;
    std::bitset<13> m_months;
    std::bitset<8> m_weekdays; // 0 and 7 are Sunday
    bool m_anyDay = false, m_anyWeekday = false;
};

} // namespace kates::controllers
