// One line of a log as it is kept and drawn: values that may be copied between threads.
#pragma once

#include <QColor>
#include <QList>
#include <QMetaType>
#include <QString>

#include <compare>

namespace kates::app {

// Where a line stands in a merged log: by its time stamp, then by arrival. Unique.
struct LogPlace {
    qint64 time = 0; // nanoseconds since 1970
    qint64 serial = 0;
    auto operator<=>(const LogPlace&) const = default;
};

// A colour of a terminal: -1 the theme's, 0..15 the theme's sixteen, kRgb the one in `rgb`.
struct AnsiColor {
    static constexpr int kRgb = 16;
    qint16 index = -1;
    QRgb rgb = 0;
    bool operator==(const AnsiColor&) const = default;
};

// A stretch of a line that does not look like the rest (SGR escapes).
struct LogStyle {
    qsizetype start = 0, length = 0;
    AnsiColor foreground, background;
    bool bold = false, italic = false, underline = false;
};

struct LogLine {
    enum class Kind : quint8 {
        Output, // the container wrote it
        Note, // we say it, at this place: a stream broke, goes on, was refused
    };
    int source = 0; // index in the order in which sources were added
    LogPlace place;
    Kind kind = Kind::Output;
    bool narrow = true; // every character takes one cell
    QString text; // safe to show, without escapes
    QList<LogStyle> styles; // by start
};

} // namespace kates::app

Q_DECLARE_METATYPE(kates::app::LogPlace)
