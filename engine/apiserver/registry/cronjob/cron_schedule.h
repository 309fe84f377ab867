// The five fields of a cron schedule ("*/5 0-6 1,15 * MON-FRI") or @hourly, @daily, @every 1h30m and the like.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kates::apiserver {

// What is wrong with it, as a sentence; nothing when it is fine.
[[nodiscard]] std::optional<std::string> cronScheduleProblem(std::string_view schedule);

} // namespace kates::apiserver
