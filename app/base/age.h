// Ages and durations as kubectl writes them.
#pragma once

#include <QDateTime>
#include <QString>

#include <string_view>

namespace kates::app {

// apimachinery's HumanDuration: 90s, 5m30s, 45m, 3h20m, 30h, 3d4h, 200d, 2y30d, 9y; "<invalid>" for the future (beyond a second of clock skew).
[[nodiscard]] QString humanDuration(qint64 seconds);
// The same, from an RFC 3339 timestamp to now; empty when there is no timestamp.
[[nodiscard]] QString ageOf(std::string_view timestamp, const QDateTime& now);
// For steps: 8 ms, 640 ms, 1.2 s, 14 s, 2 min 5 s.
[[nodiscard]] QString shortDuration(qint64 milliseconds);

[[nodiscard]] QDateTime parseTimestamp(std::string_view text); // invalid when absent or malformed

} // namespace kates::app
