// The lines of a log, merged by time: a ring of the last ones, and what the view sees of it. Lives on the data thread; whoever shows it takes updates.
//
// Memory is bounded by kLogLinesMax and kLogCharactersMax, the oldest lines go first. Filtering and searching look at every line in slices of a few
// milliseconds. An update goes out at most every kLogFlushMs and only when the last was taken, so a view that is slow gets fewer, larger ones.
#pragma once

#include <QObject>
#include <QSet>
#include <QTimer>

#include <deque>
#include <functional>
#include <optional>

#include "app/dock/log_line.h"
#include "app/dock/log_pattern.h"

namespace kates::app {

inline constexpr std::size_t kLogLinesMax = 100'000;
inline constexpr qsizetype kLogCharactersMax = 32 << 20; // 64 MB
inline constexpr int kLogFlushMs = 33;
inline constexpr qsizetype kLogBatchMax = 4000; // lines handed over at once
inline constexpr int kLogSliceMs = 6;

// How the view's list changes: some lines go at the front, of what is left `keep` stay, the others go, then `append` comes at the end.
struct LogUpdate {
    qsizetype dropFront = 0, keep = 0;
    QList<LogLine> append;
    int hits = 0; // visible lines that the search finds
    qint64 total = 0, dropped = 0; // lines in the ring, and let go before them
    bool complete = true; // false: more is on its way (a new filter, a large beginning)
};

struct LogHit {
    LogPlace place;
    int ordinal = 0, count = 0; // "3 of 17"
};

struct LogFilter {
    QSet<int> hidden; // sources
    LogPattern pattern; // empty: every line
};

// Which characters of which lines: for the clipboard and for files.
struct LogRange {
    LogPlace from, to; // both included
    qsizetype fromColumn = 0, toColumn = -1; // of the last line, exclusive; -1: its end
};

class LogFeed : public QObject {
    Q_OBJECT
public:
    explicit LogFeed(QObject* parent = nullptr);

    // Gives every line its serial. In any order of time; order among equal times is kept.
    void add(QList<LogLine> lines);
    void setFilter(LogFilter filter);
    void setSearch(LogPattern search);
    void taken(); // the last update was

    // The next visible line that the search finds, before or after a place, going round.
    std::optional<LogHit> find(LogPlace from, bool backwards) const;
    // Visible lines as text; `prefix` gives what stands before each.
    QString text(const LogRange& range, const std::function<QString(const LogLine&)>& prefix) const;
    static LogRange everything();

signals:
    void updated(const kates::app::LogUpdate& update);

private:
    struct Entry {
        LogLine line;
        bool visible = false, hit = false;
    };
    void insert(QList<LogLine>& lines);
    void evaluate(Entry& entry);
    void forget(const Entry& entry);
    void trim();
    void rescan(bool resend);
    void scanSlice();
    void schedule();
    void flush();

    std::deque<Entry> m_lines;
    qsizetype m_characters = 0;
    qint64 m_serial = 0, m_dropped = 0;
    LogFilter m_filter;
    LogPattern m_search;
    std::size_t m_evaluated = 0; // so many at the front are judged by the current filter and search
    std::size_t m_sent = 0; // so many at the front were handed over
    qsizetype m_sentVisible = 0, m_dropFront = 0;
    int m_hits = 0;
    bool m_taken = true, m_scanning = false, m_stale = false;
    QTimer m_flush;
};

} // namespace kates::app

Q_DECLARE_METATYPE(kates::app::LogUpdate)
