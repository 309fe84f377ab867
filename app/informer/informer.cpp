#include "app/informer/informer.h"

#include "app/base/text.h"
#include "app/informer/plain_table.h"
#include "engine/api/json.h"

namespace kates::app {

namespace {

constexpr api::ParseLimits kEventLimits { std::size_t(kStreamLineBytesMax), 100, 5'000'000 };

const api::Value& metadataOf(const api::Value& object) { return object.has("cells") ? object.get("object", "metadata") : object.get("metadata"); }

} // namespace

std::string keyOf(const api::Value& object)
{
    const api::Value& metadata = metadataOf(object);
    const std::string_view ns = metadata.str("namespace");
    return ns.empty() ? std::string(metadata.str("name")) : std::string(ns) + '/' + std::string(metadata.str("name"));
}

Informer::Informer(ApiClient& client, InformerOptions options)
    : m_client(client)
    , m_options(std::move(options))
    , m_stream(this)
    , m_retry(this)
    , m_silence(this)
    , m_coalesce(this)
{
    for (QTimer* timer : { &m_retry, &m_silence, &m_coalesce })
        timer->setSingleShot(true);
    m_silence.setInterval(kWatchSilenceMs);
    m_coalesce.setInterval(kCoalesceMs);
    connect(&m_coalesce, &QTimer::timeout, this, &Informer::flush);
    connect(&m_retry, &QTimer::timeout, this, [this] { m_revision.empty() ? list({}) : watch(); });
    connect(&m_silence, &QTimer::timeout, this, [this] { watch(); });
    connect(&m_stream, &LineStream::opened, this, [this] {
        m_watched.start();
        m_silence.start();
        setState(State::Live);
    });
    connect(&m_stream, &LineStream::lines, this, &Informer::onWatchLines);
    connect(&m_stream, &LineStream::ended, this, &Informer::onWatchEnded);
}

void Informer::start()
{
    stop();
    list({});
}

void Informer::stop()
{
    ++m_generation;
    m_stream.close();
    m_retry.stop();
    m_silence.stop();
    m_revision.clear();
    setState(State::Idle);
}

void Informer::list(const QString& continueToken)
{
    if (continueToken.isEmpty()) {
        m_listed.clear();
        if (!m_synced)
            setState(State::Listing);
    }
    ApiRequest request = getRequest(m_options.resource.path(m_options.ns));
    request.query.addQueryItem(QStringLiteral("limit"), QString::number(kListPage));
    if (!continueToken.isEmpty())
        request.query.addQueryItem(QStringLiteral("continue"), QString::fromLatin1(QUrl::toPercentEncoding(continueToken)));
    if (!m_options.fieldSelector.isEmpty())
        request.query.addQueryItem(QStringLiteral("fieldSelector"), QString::fromLatin1(QUrl::toPercentEncoding(m_options.fieldSelector)));
    if (m_options.table)
        request.accept = kTableAccept;
    m_client.send(request, this, [this, generation = m_generation](const ApiReply& reply) {
        if (generation == m_generation)
            onListPage(reply);
    });
}

void Informer::onListPage(const ApiReply& reply)
{
    if (!reply)
        return fail(reply.error());
    const api::Value document = m_options.table ? asTable(reply->document) : reply->document;
    std::unordered_map<std::string, api::Value> page;
    take(document, page);
    if (m_options.table && !m_synced) {
        for (const auto& [key, object] : page)
            set(key, object);
    }
    m_listed.merge(page);
    if (m_listed.size() > kInformerObjectsMax) {
        api::StatusError error;
        error.message = "There are more objects than this window can hold (500,000).";
        return fail(error);
    }
    const std::string_view next = document.str("metadata", "continue");
    if (!next.empty())
        return list(toQString(next));
    m_revision = document.str("metadata", "resourceVersion");
    finishList();
    if (m_options.watch)
        return watch();
    setState(State::Live);
    setState(State::Idle);
}

void Informer::take(const api::Value& document, std::unordered_map<std::string, api::Value>& into)
{
    const api::Value& columns = document.get("columnDefinitions");
    if (columns.size() > 0 && !(columns == m_columns)) {
        m_columns = columns;
        emit columnsChanged();
    }
    for (const api::Value& item : document.get(document.has("rows") ? "rows" : "items")) {
        api::Value& taken = into[keyOf(item)] = item;
        if (m_options.table && taken.get("object", "metadata").has("managedFields"))
            taken.edit("object", "metadata").erase("managedFields"); // half of a row's memory, and no table shows it
    }
}

void Informer::finishList()
{
    std::vector<std::string> gone;
    for (const auto& [key, object] : m_objects) {
        if (!m_listed.contains(key))
            gone.push_back(key);
    }
    for (const std::string& key : gone)
        remove(key);
    for (const auto& [key, object] : m_listed)
        set(key, object);
    m_listed.clear();
    m_synced = true;
    flush();
}

void Informer::watch()
{
    ApiRequest request = getRequest(m_options.resource.path(m_options.ns));
    request.query.addQueryItem(QStringLiteral("watch"), QStringLiteral("1"));
    request.query.addQueryItem(QStringLiteral("allowWatchBookmarks"), QStringLiteral("true"));
    request.query.addQueryItem(QStringLiteral("resourceVersion"), toQString(m_revision));
    request.query.addQueryItem(QStringLiteral("timeoutSeconds"), QString::number(kWatchSeconds));
    if (!m_options.fieldSelector.isEmpty())
        request.query.addQueryItem(QStringLiteral("fieldSelector"), QString::fromLatin1(QUrl::toPercentEncoding(m_options.fieldSelector)));
    if (m_options.table)
        request.accept = kTableAccept;
    request.timeoutMs = 0;
    m_silence.start();
    m_stream.open(m_client, request);
}

void Informer::onWatchLines(const QByteArrayList& lines)
{
    m_silence.start();
    m_options.backOff.reset();
    for (const QByteArray& line : lines) {
        const auto event = api::parseJson({ line.constData(), std::size_t(line.size()) }, kEventLimits);
        if (event && onEvent(*event))
            continue;
        // After 410, or an event that cannot be read, only a new list can be trusted.
        m_stream.close();
        m_revision.clear();
        m_retry.start(m_options.backOff.next());
        return;
    }
}

bool Informer::onEvent(const api::Value& event)
{
    const std::string_view type = event.str("type");
    const api::Value& object = event.get("object");
    if (type == "ERROR")
        return false;
    const std::string_view revision = object.str("metadata", "resourceVersion");
    if (!revision.empty())
        m_revision = revision;
    if (type == "BOOKMARK")
        return true;
    std::unordered_map<std::string, api::Value> one;
    if (m_options.table)
        take(asTable(object), one);
    else
        one.emplace(keyOf(object), object);
    for (const auto& [key, value] : one) {
        if (const std::string_view row = metadataOf(value).str("resourceVersion"); !row.empty())
            m_revision = row;
        type == "DELETED" ? remove(key) : set(key, value);
    }
    return true;
}

void Informer::onWatchEnded(bool inOrder, const api::StatusError& error)
{
    m_silence.stop();
    // A server that ends watches as soon as they start is not asked again without a pause.
    if (inOrder && m_watched.isValid() && m_watched.elapsed() > kHastyWatchMs)
        return watch();
    if (inOrder) {
        m_retry.start(m_options.backOff.next());
        return;
    }
    if (error.isExpired() || error.code == 410)
        m_revision.clear();
    fail(error);
}

void Informer::set(const std::string& key, const api::Value& object)
{
    api::Value& known = m_objects[key];
    if (known == object)
        return;
    known = object;
    note({ Delta::Kind::Set, key, object });
}

void Informer::remove(const std::string& key)
{
    const auto known = m_objects.find(key);
    if (known == m_objects.end())
        return;
    note({ Delta::Kind::Removed, key, known->second });
    m_objects.erase(known);
}

void Informer::note(Delta delta)
{
    const auto [place, fresh] = m_pendingIndex.try_emplace(delta.key, m_pending.size());
    if (fresh)
        m_pending.push_back(std::move(delta));
    else
        m_pending[place->second] = std::move(delta);
    if (!m_coalesce.isActive())
        m_coalesce.start();
}

void Informer::flush()
{
    m_coalesce.stop();
    const Deltas deltas = std::exchange(m_pending, {});
    m_pendingIndex.clear();
    emit changed(deltas);
}

void Informer::fail(const api::StatusError& error)
{
    m_lastError = error;
    m_retry.start(m_options.backOff.next());
    setState(State::Waiting);
    emit stateChanged(m_state);
}

void Informer::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

} // namespace kates::app
