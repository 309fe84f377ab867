#include "app/dock/log_session.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSaveFile>

#include <limits>

#include "app/dock/log_text.h"

namespace kates::app {

LogSession::LogSession(DataThread& thread, ApiClient& client, const QString& root, QString title, QString command, PodSelection selection,
    Informer& pods, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_root(root)
    , m_title(std::move(title))
    , m_command(std::move(command))
    , m_selection(std::move(selection))
    , m_pods(&pods)
    , m_legend(!m_selection.pod.isEmpty())
{
    connect(&m_legend, &LogLegend::hiddenChanged, this, &LogSession::sendFilter);
    openCollector();
}

LogSession::~LogSession() = default;

template <typename Work> void LogSession::withFeed(Work work)
{
    m_thread.with(m_collector.get(), [work = std::move(work)](LogCollector& collector) { work(collector.feed()); });
}

void LogSession::setPrevious(bool previous)
{
    if (m_previous == previous)
        return;
    m_previous = previous;
    openCollector();
    emit previousChanged();
}

void LogSession::openCollector()
{
    m_lines.apply({});
    m_legend.clear();
    m_hit = {};
    m_collector = makeOn<LogCollector>(m_thread, m_client, m_root, m_previous);
    LogCollector* collector = m_collector.get();
    // Queued signals of the last collector may still come.
    connect(&collector->feed(), &LogFeed::updated, this, [this, collector](const LogUpdate& update) {
        if (collector == m_collector.get())
            take(update);
    });
    connect(collector, &LogCollector::sourceAdded, this, [this, collector](int index, const LogSource& source) {
        if (collector != m_collector.get())
            return;
        m_legend.add(index, source);
        if (m_legend.hiddenCount() > 0)
            sendFilter(); // it may be of a pod that is switched off
    });
    connect(collector, &LogCollector::sourceChanged, this, [this, collector](int index, LogCollector::State state) {
        if (collector == m_collector.get())
            m_legend.setState(index, state);
    });
    sendFilter();
    withFeed([search = m_search](LogFeed& feed) { feed.setSearch(search); });
    followPods(collector);
    emit hitChanged();
}

void LogSession::followPods(LogCollector* collector)
{
    const auto update = [collector, pods = m_pods, selection = m_selection, previous = m_previous] {
        if (pods)
            collector->setSources(sourcesIn(selection, pods->objects(), previous));
    };
    // All pods are looked at only when one of ours has changed.
    connect(m_pods, &Informer::changed, collector, [update, selection = m_selection](const Deltas& deltas) {
        if (std::any_of(deltas.begin(), deltas.end(), [&](const Delta& delta) { return selection.matches(delta.object); }))
            update();
    });
    m_thread.with(collector, [update](LogCollector&) { update(); });
}

void LogSession::take(const LogUpdate& update)
{
    m_lines.apply(update);
    m_hits = update.hits;
    m_total = update.total;
    m_dropped = update.dropped;
    m_complete = update.complete;
    emit countsChanged();
    withFeed([](LogFeed& feed) { feed.taken(); });
}

void LogSession::setSearch(const QString& text, bool expression)
{
    m_search = LogPattern(text, expression);
    m_hit = {};
    withFeed([search = m_search](LogFeed& feed) { feed.setSearch(search); });
    emit searchChanged();
    emit hitChanged();
}

void LogSession::setFilter(const QString& text, bool expression)
{
    m_filter = LogPattern(text, expression);
    if (m_filter.isValid())
        sendFilter();
    emit filterChanged();
}

void LogSession::sendFilter()
{
    withFeed([filter = LogFilter { m_legend.hiddenSources(), m_filter }](LogFeed& feed) { feed.setFilter(filter); });
}

void LogSession::findNext(bool backwards, LogPlace place)
{
    if (m_search.isEmpty() || !m_search.isValid())
        return;
    const LogPlace from = m_hit.ordinal > 0 ? m_hit.place : place;
    m_thread.with(m_collector.get(), [self = QPointer(this), this, from, backwards, text = m_search.text()](LogCollector& collector) {
        const auto hit = collector.feed().find(from, backwards);
        postToGui(self, [this, hit, text] {
            if (text != m_search.text())
                return;
            m_hit = hit.value_or(LogHit());
            emit hitChanged();
        });
    });
}

std::function<QString(const LogLine&)> LogSession::prefix(bool times) const
{
    QStringList names;
    if (m_legend.count() > 1) {
        for (int source = 0; !m_legend.nameOf(source).isEmpty(); ++source)
            names.append(m_legend.nameOf(source));
    }
    return [names, times](const LogLine& line) {
        const QString name = names.value(line.source);
        return (times ? logStamp(line.place.time) + u' ' : QString()) + (name.isEmpty() ? QString() : u'[' + name + QStringLiteral("] "));
    };
}

void LogSession::copy(const LogRange& range, bool times)
{
    // A part of one line is copied as it is; whole lines say where they come from.
    const bool bare = range.from == range.to;
    m_thread.with(m_collector.get(), [self = QPointer(this), this, range, bare, prefix = prefix(times)](LogCollector& collector) {
        const QString text = collector.feed().text(range, bare ? [](const LogLine&) { return QString(); } : prefix);
        postToGui(self, [this, text] {
            QGuiApplication::clipboard()->setText(text);
            emit copied();
        });
    });
}

void LogSession::copyAll(bool times) { copy(LogFeed::everything(), times); }

void LogSession::save(const QUrl& file, bool times)
{
    const QString path = file.isLocalFile() ? file.toLocalFile() : file.toString();
    m_thread.with(m_collector.get(), [self = QPointer(this), this, path, prefix = prefix(times)](LogCollector& collector) {
        const QByteArray text = collector.feed().text(LogFeed::everything(), prefix).toUtf8();
        QSaveFile out(path);
        const bool done = out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.write("\n") == 1 && out.commit();
        const QString sentence = done ? tr("The log is in %1.").arg(path) : tr("The log was not written to %1: %2").arg(path, out.errorString());
        postToGui(self, [this, sentence, done] { emit saved(sentence, done); });
    });
}

} // namespace kates::app
