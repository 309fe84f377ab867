#include "app/dock/log_collector.h"

#include <QDateTime>
#include <QSet>

#include "app/base/text.h"
#include "app/dock/log_text.h"

namespace kates::app {

LogCollector::LogCollector(ApiClient& client, QString root, bool previous)
    : m_client(client)
    , m_root(std::move(root))
    , m_previous(previous)
    , m_feed(new LogFeed(this))
{
}

LogCollector::Stream* LogCollector::streamFor(const LogSource& source)
{
    const auto known = m_streams.find(source.key());
    if (known != m_streams.end())
        return known->second.get();
    if (m_streams.size() >= kLogSourcesMax)
        return nullptr;
    auto fresh = std::make_unique<Stream>();
    Stream* stream = fresh.get();
    stream->index = int(m_streams.size());
    stream->source = source;
    stream->lines.setLineMax(kLogLineMax * 4);
    stream->retry.setSingleShot(true);
    connect(&stream->retry, &QTimer::timeout, this, [this, stream] { open(*stream); });
    connect(&stream->lines, &LineStream::lines, this, [this, stream](const QByteArrayList& lines) { onLines(*stream, lines); });
    connect(&stream->lines, &LineStream::opened, this, [this, stream] {
        if (std::exchange(stream->broken, false))
            note(*stream, tr("Reading on."));
        emit sourceChanged(stream->index, State::Reading);
    });
    connect(&stream->lines, &LineStream::ended, this,
        [this, stream](bool inOrder, const api::StatusError& error) { onEnded(*stream, inOrder, error); });
    m_streams.emplace(source.key(), std::move(fresh));
    emit sourceAdded(stream->index, source);
    return stream;
}

void LogCollector::setSources(const QList<LogSourceNow>& sources)
{
    QSet<QString> named;
    auto open = std::size_t(std::count_if(m_streams.begin(), m_streams.end(), [](const auto& entry) { return entry.second->open; }));
    for (const LogSourceNow& now : sources) {
        named.insert(now.source.key());
        Stream* stream = streamFor(now.source);
        if (!stream)
            continue;
        stream->running = now.running;
        stream->wanted = now.instance;
        // The same instance is read once; the next one when the stream of the last has ended.
        if (stream->open || stream->instance == now.instance || open >= kLogOpenMax)
            continue;
        ++open;
        this->open(*stream);
    }
    for (const auto& [key, stream] : m_streams) {
        if (named.contains(key))
            continue;
        stream->running = false;
        if (stream->retry.isActive()) {
            stream->retry.stop();
            stream->open = false;
            emit sourceChanged(stream->index, State::Ended);
        }
    }
}

void LogCollector::open(Stream& stream)
{
    const ResourceRef pods { m_root, {}, QStringLiteral("v1"), QStringLiteral("pods"), true };
    ApiRequest request = getRequest(pods.objectPath(stream.source.ns, stream.source.pod, QStringLiteral("log")));
    request.accept = "*/*";
    request.timeoutMs = 0;
    request.query.addQueryItem(QStringLiteral("container"), stream.source.container);
    request.query.addQueryItem(QStringLiteral("timestamps"), QStringLiteral("true"));
    request.query.addQueryItem(m_previous ? QStringLiteral("previous") : QStringLiteral("follow"), QStringLiteral("true"));
    stream.resuming = stream.lastTime > 0;
    stream.skip = stream.atLastTime;
    if (stream.resuming) {
        const qint64 second = stream.lastTime / 1'000'000'000;
        request.query.addQueryItem(QStringLiteral("sinceTime"), QDateTime::fromSecsSinceEpoch(second, Qt::UTC).toString(Qt::ISODate));
    } else {
        request.query.addQueryItem(QStringLiteral("tailLines"), QString::number(kLogTailLines));
    }
    stream.open = true;
    stream.instance = stream.wanted;
    stream.lines.open(m_client, request);
}

bool LogCollector::cameBefore(Stream& stream, qint64 time)
{
    if (!stream.resuming)
        return false;
    if (time < stream.lastTime || (time == stream.lastTime && stream.skip-- > 0))
        return true;
    stream.resuming = false;
    return false;
}

void LogCollector::onLines(Stream& stream, const QByteArrayList& lines)
{
    stream.backOff.reset();
    QList<LogLine> taken;
    taken.reserve(lines.size());
    for (const QByteArray& bytes : lines) {
        // A line without a stamp belongs to the one before it.
        const auto [time, text] = splitLogStamp(bytes).value_or(std::pair(stream.lastTime, QByteArrayView(bytes)));
        if (cameBefore(stream, time))
            continue;
        stream.atLastTime = time == stream.lastTime ? stream.atLastTime + 1 : 1;
        stream.lastTime = time;
        LogLine line;
        line.source = stream.index;
        line.place.time = time;
        setLogText(line, text);
        taken.append(std::move(line));
    }
    m_feed->add(std::move(taken));
}

void LogCollector::onEnded(Stream& stream, bool inOrder, const api::StatusError& error)
{
    const bool transient = error.code == 0 || error.code == 429 || error.code >= 500;
    if (!inOrder && transient && !m_previous) {
        if (!std::exchange(stream.broken, true))
            note(stream, tr("The log broke off; it is read on as soon as that works. %1").arg(errorSentence(error)));
        emit sourceChanged(stream.index, State::Broken);
        retry(stream);
    } else if (inOrder && stream.wanted != stream.instance) {
        open(stream);
    } else if (inOrder && stream.running && !m_previous) {
        retry(stream); // the server closed it while the container runs, or its status has not come yet
    } else {
        // 400: the container has not begun, and its status will say when; 404: it is gone.
        if (!inOrder && (m_previous || (error.code != 400 && error.code != 404)))
            note(stream, tr("The log cannot be read: %1").arg(errorSentence(error)));
        stream.open = false;
        if (error.code == 400)
            stream.instance.clear();
        emit sourceChanged(stream.index, State::Ended);
    }
}

void LogCollector::retry(Stream& stream) { stream.retry.start(stream.backOff.next()); }

void LogCollector::note(Stream& stream, const QString& text)
{
    LogLine line;
    line.source = stream.index;
    line.kind = LogLine::Kind::Note;
    // After its last line, whatever our clock says.
    line.place.time = stream.lastTime > 0 ? stream.lastTime : QDateTime::currentMSecsSinceEpoch() * 1'000'000;
    line.text = text;
    line.narrow = false;
    m_feed->add({ line });
}

} // namespace kates::app
