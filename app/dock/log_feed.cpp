#include "app/dock/log_feed.h"

#include <QElapsedTimer>

#include <algorithm>
#include <limits>

namespace kates::app {

LogFeed::LogFeed(QObject* parent)
    : QObject(parent)
    , m_flush(this)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(kLogFlushMs);
    connect(&m_flush, &QTimer::timeout, this, &LogFeed::flush);
}

void LogFeed::add(QList<LogLine> lines)
{
    if (lines.isEmpty())
        return;
    for (LogLine& line : lines)
        line.place.serial = ++m_serial;
    std::sort(lines.begin(), lines.end(), [](const LogLine& left, const LogLine& right) { return left.place < right.place; });
    insert(lines);
    trim();
    if (!m_scanning)
        scanSlice();
}

void LogFeed::insert(QList<LogLine>& lines)
{
    const auto at = std::upper_bound(
        m_lines.begin(), m_lines.end(), lines.first().place, [](const LogPlace& place, const Entry& entry) { return place < entry.line.place; });
    const auto first = std::size_t(at - m_lines.begin());
    // What comes after the first of them is taken out and merged in again; late lines are rare, and late by little.
    std::vector<Entry> tail(std::make_move_iterator(at), std::make_move_iterator(m_lines.end()));
    for (; m_sent > first; --m_sent)
        m_sentVisible -= tail[m_sent - 1 - first].visible ? 1 : 0;
    for (; m_evaluated > first; --m_evaluated)
        m_hits -= tail[m_evaluated - 1 - first].hit ? 1 : 0;
    m_lines.resize(first);
    auto old = tail.begin();
    for (LogLine& line : lines) {
        for (; old != tail.end() && old->line.place < line.place; ++old)
            m_lines.push_back(std::move(*old));
        m_characters += line.text.size();
        m_lines.push_back({ std::move(line) });
    }
    m_lines.insert(m_lines.end(), std::make_move_iterator(old), std::make_move_iterator(tail.end()));
}

void LogFeed::evaluate(Entry& entry)
{
    const bool note = entry.line.kind == LogLine::Kind::Note;
    entry.visible = !m_filter.hidden.contains(entry.line.source) && (note || m_filter.pattern.isEmpty() || m_filter.pattern.matches(entry.line.text));
    entry.hit = entry.visible && m_search.matches(entry.line.text);
    m_hits += entry.hit ? 1 : 0;
}

void LogFeed::forget(const Entry& entry)
{
    m_characters -= entry.line.text.size();
    ++m_dropped;
    if (m_evaluated > 0) {
        --m_evaluated;
        m_hits -= entry.hit ? 1 : 0;
    }
    if (m_sent > 0) {
        --m_sent;
        m_sentVisible -= entry.visible ? 1 : 0;
        m_dropFront += entry.visible ? 1 : 0;
    }
}

void LogFeed::trim()
{
    while (m_lines.size() > kLogLinesMax || m_characters > kLogCharactersMax) {
        forget(m_lines.front());
        m_lines.pop_front();
    }
}

void LogFeed::setFilter(LogFilter filter)
{
    m_filter = std::move(filter);
    rescan(true);
}

void LogFeed::setSearch(LogPattern search)
{
    m_search = std::move(search);
    rescan(false);
}

void LogFeed::rescan(bool resend)
{
    m_evaluated = 0;
    m_hits = 0;
    m_stale = true;
    if (resend)
        m_sent = 0, m_sentVisible = 0;
    if (!m_scanning)
        scanSlice();
}

void LogFeed::scanSlice()
{
    QElapsedTimer clock;
    clock.start();
    while (m_evaluated < m_lines.size() && !clock.hasExpired(kLogSliceMs)) {
        for (int i = 0; i < 50 && m_evaluated < m_lines.size(); ++i)
            evaluate(m_lines[m_evaluated++]);
    }
    m_scanning = m_evaluated < m_lines.size();
    if (m_scanning)
        QMetaObject::invokeMethod(this, &LogFeed::scanSlice, Qt::QueuedConnection);
    schedule();
}

void LogFeed::taken()
{
    m_taken = true;
    if (m_stale)
        schedule();
}

void LogFeed::schedule()
{
    m_stale = true;
    if (m_taken && !m_flush.isActive())
        m_flush.start();
}

void LogFeed::flush()
{
    LogUpdate update;
    update.dropFront = std::exchange(m_dropFront, 0);
    update.keep = m_sentVisible;
    for (; m_sent < m_evaluated && update.append.size() < kLogBatchMax; ++m_sent) {
        if (m_lines[m_sent].visible)
            update.append.append(m_lines[m_sent].line);
    }
    m_sentVisible += update.append.size();
    update.hits = m_hits;
    update.total = qint64(m_lines.size());
    update.dropped = m_dropped;
    update.complete = m_sent == m_lines.size() && !m_scanning;
    m_stale = !update.complete;
    m_taken = false;
    emit updated(update);
}

std::optional<LogHit> LogFeed::find(LogPlace from, bool backwards) const
{
    std::optional<LogHit> before, after, first, last;
    LogHit hit { {}, 0, m_hits };
    for (const Entry& entry : m_lines) {
        if (!entry.hit)
            continue;
        ++hit.ordinal;
        hit.place = entry.line.place;
        if (!first)
            first = hit;
        last = hit;
        if (hit.place < from)
            before = hit;
        else if (hit.place > from && !after)
            after = hit;
    }
    return backwards ? (before ? before : last) : (after ? after : first);
}

LogRange LogFeed::everything() { return { {}, { std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::max() } }; }

QString LogFeed::text(const LogRange& range, const std::function<QString(const LogLine&)>& prefix) const
{
    QString text;
    for (const Entry& entry : m_lines) {
        const LogPlace place = entry.line.place;
        if (!entry.visible || place < range.from || place > range.to)
            continue;
        const qsizetype start = place == range.from ? range.fromColumn : 0;
        const qsizetype end = place == range.to && range.toColumn >= 0 ? range.toColumn : entry.line.text.size();
        if (!text.isEmpty())
            text += u'\n';
        text += prefix(entry.line) + entry.line.text.mid(start, std::max<qsizetype>(0, end - start));
    }
    return text;
}

} // namespace kates::app
