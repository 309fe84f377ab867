// What a container wrote, made safe to show: pure functions, any thread.
#pragma once

#include <QByteArrayView>

#include <optional>
#include <utility>

#include "app/dock/log_line.h"

namespace kates::app {

inline constexpr qsizetype kLogLineMax = 8000; // characters shown of one line
inline constexpr qsizetype kLogStylesMax = 200; // of one line; further changes of colour are not followed

// The time stamp at the front of a line ("2026-11-24T19:42:22.123456789Z text", any zone, any number of digits) and what follows it.
// Nothing when there is none.
[[nodiscard]] std::optional<std::pair<qint64, QByteArrayView>> splitLogStamp(QByteArrayView line);

// Fills text, styles and narrow. SGR escapes become styles; every other escape sequence (titles, cursor movements, links) is left out; other control
// characters become visible pictures; broken UTF-8 becomes U+FFFD; what is longer than kLogLineMax ends in an ellipsis.
void setLogText(LogLine& line, QByteArrayView bytes);

// How many cells a character takes in a fixed-width font: 0 for what combines, 2 for East Asian wide characters and emoji.
[[nodiscard]] int cellWidth(char32_t character);

// "10:00:01.123", in UTC as the server says it.
[[nodiscard]] QString logClock(qint64 time);
// RFC 3339 with nanoseconds.
[[nodiscard]] QString logStamp(qint64 time);

} // namespace kates::app
