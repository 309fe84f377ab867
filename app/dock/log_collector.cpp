#include "app/dock/log_collector.h"

#include "app/base/text.h"

namespace kates::app {

LogCollector::LogCollector(ApiClient& client, QString root)
    : m_client(client)
    , m_root(std::move(root))
    , m_flush(this)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(kLogFlushMs);
    connect(&m_flush, &QTimer::timeout, this, &LogCollector::flush);
}

void LogCollector::addSources(const QList<LogSource>& sources, bool previous)
{
    m_previous = previous;
    for (const LogSource& source : sources) {
        if (m_streams.contains(source.key()))
            continue;
        if (m_streams.size() >= kLogStreamsMax) {
            emit sourceEnded(-1, tr("Only the first %1 containers are read.").arg(kLogStreamsMax));
            return;
        }
        auto stream = std::make_unique<Stream>();
        stream->index = int(m_streams.size());
        stream->source = source;
        stream->stream = std::make_unique<LineStream>();
        Stream* raw = stream.get();
        connect(raw->stream.get(), &LineStream::lines, this, [this, raw](const QByteArrayList& lines) { onLines(*raw, lines); });
        connect(raw->stream.get(), &LineStream::ended, this, [this, raw](bool inOrder, const api::StatusError& error) {
            // The way to the server broke: go on from the last line. The server said no, or the container ended: that is the end.
            if (!inOrder && error.code == 0)
                QTimer::singleShot(raw->backOff.next(), raw->stream.get(), [this, raw] { open(*raw); });
            else
                emit sourceEnded(raw->index, inOrder ? QString() : errorSentence(error));
        });
        m_streams.emplace(source.key(), std::move(stream));
        open(*raw);
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
    if (m_previous)
        request.query.addQueryItem(QStringLiteral("previous"), QStringLiteral("true"));
    else
        request.query.addQueryItem(QStringLiteral("follow"), QStringLiteral("true"));
    if (stream.lastTime.isEmpty())
        request.query.addQueryItem(QStringLiteral("tailLines"), QString::number(kLogTailLines));
    else
        request.query.addQueryItem(QStringLiteral("sinceTime"), QString::fromLatin1(QUrl::toPercentEncoding(stream.lastTime)));
    stream.stream->open(m_client, request);
}

void LogCollector::onLines(Stream& stream, const QByteArrayList& lines)
{
    stream.backOff.reset();
    for (const QByteArray& line : lines) {
        // "2026-11-24T19:42:22.123456789Z text"
        const qsizetype space = line.indexOf(' ');
        const bool stamped = space > 18 && line.at(4) == '-' && line.at(10) == 'T';
        const QString time = stamped ? QString::fromLatin1(line.left(space)) : QString();
        if (stamped && !stream.lastTime.isEmpty() && time <= stream.lastTime)
            continue; // sinceTime is whole seconds: what was shown already comes again
        if (stamped)
            stream.lastTime = time;
        const QByteArray text = stamped ? line.mid(space + 1) : line;
        m_pending.append({ stream.index, time, displayText({ text.constData(), std::size_t(text.size()) }, kLogLineMax) });
    }
    if (!m_flush.isActive())
        m_flush.start();
}

void LogCollector::flush()
{
    while (!m_pending.isEmpty()) {
        const QList<LogLine> batch = m_pending.mid(0, qsizetype(kLogBatchMax));
        m_pending.remove(0, batch.size());
        emit lines(batch);
    }
}

} // namespace kates::app
