// How many rows of the view each line takes, and back: positions stay where they are while lines go at the front. A pure data structure.
#pragma once

#include <deque>

#include "app/dock/log_line.h"

namespace kates::app {

// Where a row begins in a line that is wrapped at `columns` cells: wide characters are never cut in two. At least one row.
[[nodiscard]] QList<qsizetype> rowStarts(const LogLine& line, int columns);
[[nodiscard]] int rowCountOf(const LogLine& line, int columns); // 1 when `columns` is 0

class LogRows {
public:
    struct Spot {
        int line = 0; // index among the lines there are
        int row = 0; // within it
    };
    void clear();
    void dropFront(int lines);
    void truncate(int lines);
    void append(int rows);

    int lines() const { return int(m_ends.size()); }
    qint64 first() const { return m_first; } // grows as lines go
    qint64 end() const { return m_ends.empty() ? m_first : m_ends.back(); }
    qint64 startOf(int line) const { return line == 0 ? m_first : m_ends[std::size_t(line - 1)]; }
    Spot at(qint64 row) const; // clamped to what there is; there is at least one line

private:
    qint64 m_first = 0;
    std::deque<qint64> m_ends; // by line
};

} // namespace kates::app
