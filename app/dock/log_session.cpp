#include "app/dock/log_session.h"

#include <algorithm>

#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

bool matches(const LogSession::Selection& selection, const Value& pod)
{
    const api::ObjectMeta meta(pod);
    if (toQString(meta.ns()) != selection.ns)
        return false;
    return selection.pod.isEmpty() ? selection.selector.matches(meta.labels()) : toQString(meta.name()) == selection.pod;
}

// A container can be read once it has run.
bool hasLog(const Value& pod, std::string_view container, const char* statuses)
{
    for (const Value& status : pod.get("status", statuses)) {
        if (status.str("name") == container)
            return !status.get("state", "waiting").isObject() || status.get("restartCount").asInt() > 0
                || status.get("lastState", "terminated").isObject();
    }
    return false;
}

QList<LogSource> sourcesIn(const LogSession::Selection& selection, const std::unordered_map<std::string, Value>& pods)
{
    QList<LogSource> sources;
    for (const auto& [key, pod] : pods) {
        if (!matches(selection, pod))
            continue;
        for (const auto& [specs, statuses] : { std::pair("initContainers", "initContainerStatuses"), std::pair("containers", "containerStatuses") }) {
            for (const Value& container : pod.get("spec", specs)) {
                const QString name = toQString(container.str("name"));
                if ((selection.container.isEmpty() || selection.container == name) && hasLog(pod, container.str("name"), statuses))
                    sources.append({ selection.ns, toQString(api::ObjectMeta(pod).name()), name });
            }
        }
    }
    std::sort(sources.begin(), sources.end(), [](const LogSource& left, const LogSource& right) { return naturallyBefore(left.key(), right.key()); });
    return sources;
}

} // namespace

LogSession::LogSession(
    DataThread& thread, ApiClient& client, const QString& root, QString title, QString command, Selection selection, Informer& pods, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_root(root)
    , m_title(std::move(title))
    , m_command(std::move(command))
    , m_selection(std::move(selection))
    , m_pods(&pods)
{
    openCollector();
}

LogSession::~LogSession() = default;

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
    m_lines.clear();
    m_sources.clear();
    m_problems.clear();
    m_collector = makeOn<LogCollector>(m_thread, m_client, m_root);
    LogCollector* collector = m_collector.get();
    connect(collector, &LogCollector::lines, this, [this, collector](const QList<LogLine>& lines) {
        if (collector == m_collector.get())
            m_lines.append(lines);
    });
    connect(collector, &LogCollector::sourceEnded, this, [this, collector](int source, const QString& problem) {
        if (collector != m_collector.get() || problem.isEmpty())
            return;
        m_problems.append(m_sources.value(source) + QStringLiteral(": ") + problem);
        emit sourcesChanged();
    });
    // From here on the data thread; every source that was ever seen keeps its index, in the order of the collector's.
    auto known = std::make_shared<QList<LogSource>>();
    const auto update = [self = QPointer(this), this, collector, pods = m_pods, selection = m_selection, previous = m_previous, known] {
        if (!pods)
            return;
        const QList<LogSource> now = sourcesIn(selection, pods->objects());
        bool fresh = false;
        for (const LogSource& source : now) {
            if (!known->contains(source)) {
                known->append(source);
                fresh = true;
            }
        }
        collector->addSources(now, previous);
        if (!fresh)
            return;
        QStringList names;
        for (const LogSource& source : *known)
            names.append(source.pod + u'/' + source.container);
        postToGui(self, [this, collector, names] {
            if (collector != m_collector.get())
                return;
            m_sources = names;
            emit sourcesChanged();
        });
    };
    connect(m_pods, &Informer::changed, collector, update);
    m_thread.with(collector, [update](LogCollector&) { update(); });
    emit sourcesChanged();
}

} // namespace kates::app
