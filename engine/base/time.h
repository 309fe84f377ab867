// Times as Kubernetes writes them (RFC 3339, UTC).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/loop.h"

namespace kates {

[[nodiscard]] std::string formatTime(WallTime time);      // metav1.Time: 2026-11-24T19:42:22Z
[[nodiscard]] std::string formatMicroTime(WallTime time); // metav1.MicroTime: 2026-11-24T19:42:22.123456Z
[[nodiscard]] std::optional<WallTime> parseTime(std::string_view text); // either, any offset; clamped to what WallTime holds (1678 to 2261)

} // namespace kates
