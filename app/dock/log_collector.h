// Reads the logs of containers and merges them as they arrive. Lives on the data thread.
#pragma once

#include <QObject>
#include <QTimer>

#include <map>

#include "app/connection/back_off.h"
#include "app/connection/line_stream.h"

namespace kates::app {

inline constexpr int kLogTailLines = 2000; // of each container, to begin with
inline constexpr qsizetype kLogLineMax = 8000; // characters shown of one line
inline constexpr int kLogFlushMs = 33;
inline constexpr std::size_t kLogBatchMax = 5000; // lines handed over at once
inline constexpr std::size_t kLogStreamsMax = 64;

struct LogSource {
    QString ns, pod, container;
    QString key() const { return ns + u'/' + pod + u'/' + container; }
    bool operator==(const LogSource&) const = default;
};

struct LogLine {
    int source = 0; // index in the order in which sources were added
    QString time; // as the runtime wrote it, RFC 3339; "" when there is none
    QString text;
};

class LogCollector : public QObject {
    Q_OBJECT
public:
    LogCollector(ApiClient& client, QString root);

    // New sources are read from their last lines on; those that are there already go on until they end.
    void addSources(const QList<LogSource>& sources, bool previous);

signals:
    void lines(const QList<kates::app::LogLine>& lines);
    void sourceEnded(int source, const QString& problem); // "" when the container ended

private:
    struct Stream {
        int index;
        LogSource source;
        std::unique_ptr<LineStream> stream;
        BackOff backOff;
        QString lastTime; // to go on from after an interruption
    };
    void open(Stream& stream);
    void onLines(Stream& stream, const QByteArrayList& lines);
    void flush();

    ApiClient& m_client;
    const QString m_root;
    std::map<QString, std::unique_ptr<Stream>> m_streams;
    bool m_previous = false;
    QList<LogLine> m_pending;
    QTimer m_flush;
};

} // namespace kates::app

Q_DECLARE_METATYPE(kates::app::LogLine)
