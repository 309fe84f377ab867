// Durations for people, as kubectl prints them.
#pragma once

#include <chrono>
#include <string>

namespace kates::api {

// "5s", "3m20s", "45m", "7h5m", "30h", "2d3h", "400d", "3y20d": two units while both matter. Clocks may differ by a second; further in the
// future is "<invalid>".
[[nodiscard]] std::string humanDuration(std::chrono::nanoseconds duration);

} // namespace kates::api
