#include "app/dock/log_rows.h"

#include <algorithm>

#include "app/dock/log_text.h"

namespace kates::app {

QList<qsizetype> rowStarts(const LogLine& line, int columns)
{
    QList<qsizetype> starts { 0 };
    const QString& text = line.text;
    if (columns <= 0 || (line.narrow && text.size() <= columns))
        return starts;
    if (line.narrow) {
        for (qsizetype at = columns; at < text.size(); at += columns)
            starts.append(at);
        return starts;
    }
    int cells = 0;
    for (qsizetype at = 0; at < text.size();) {
        const bool pair = text[at].isHighSurrogate() && at + 1 < text.size();
        const int width = cellWidth(pair ? QChar::surrogateToUcs4(text[at], text[at + 1]) : text[at].unicode());
        if (cells + width > columns) {
            starts.append(at);
            cells = 0;
        }
        cells += width;
        at += pair ? 2 : 1;
    }
    return starts;
}

int rowCountOf(const LogLine& line, int columns)
{
    if (columns <= 0 || line.text.isEmpty())
        return 1;
    return line.narrow ? int((line.text.size() + columns - 1) / columns) : int(rowStarts(line, columns).size());
}

void LogRows::clear()
{
    m_first = 0;
    m_ends.clear();
}

void LogRows::dropFront(int lines)
{
    if (lines <= 0)
        return;
    m_first = m_ends[std::size_t(lines - 1)];
    m_ends.erase(m_ends.begin(), m_ends.begin() + lines);
}

void LogRows::truncate(int lines)
{
    if (lines < this->lines())
        m_ends.erase(m_ends.begin() + lines, m_ends.end());
}

void LogRows::append(int rows) { m_ends.push_back(end() + rows); }

LogRows::Spot LogRows::at(qint64 row) const
{
    row = std::clamp(row, m_first, std::max(m_first, end() - 1));
    const int line = int(std::upper_bound(m_ends.begin(), m_ends.end(), row) - m_ends.begin());
    return { line, int(row - startOf(line)) };
}

} // namespace kates::app
