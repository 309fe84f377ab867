// Reads the logs of containers and gives their lines to a LogFeed. Lives on the data thread.
//
// A stream that breaks says so in the log and goes on where it stopped: from the second of the last line (the API's sinceTime knows no less), leaving out
// what was shown. A container that was restarted is read on; one that is gone has ended.
#pragma once

#include <QTimer>

#include <map>

#include "app/connection/back_off.h"
#include "app/connection/line_stream.h"
#include "app/dock/log_feed.h"

namespace kates::app {

inline constexpr int kLogTailLines = 2000; // of each container, to begin with
inline constexpr std::size_t kLogOpenMax = 64; // streams at a time
inline constexpr std::size_t kLogSourcesMax = 1000; // that were ever read in one log

struct LogSource {
    QString ns, pod, container;
    QString key() const { return ns + u'/' + pod + u'/' + container; }
    bool operator==(const LogSource&) const = default;
};

// What a pod's status says of a container that can be read.
struct LogSourceNow {
    LogSource source;
    QString instance; // the id of the container whose log it is
    bool running = false;
};

class LogCollector : public QObject {
    Q_OBJECT
public:
    enum class State { Reading, Broken, Ended };

    LogCollector(ApiClient& client, QString root, bool previous);

    LogFeed& feed() { return *m_feed; }
    // All there are now; those that are not named any more end when their streams do.
    void setSources(const QList<LogSourceNow>& sources);

signals:
    // Sources are numbered in the order in which they were seen.
    void sourceAdded(int index, const kates::app::LogSource& source);
    void sourceChanged(int index, kates::app::LogCollector::State state);

private:
    struct Stream {
        int index = 0;
        LogSource source;
        QString instance; // that was read last
        QString wanted; // that there is now
        bool running = false, open = false, broken = false;
        LineStream lines;
        BackOff backOff { std::chrono::milliseconds(500) };
        QTimer retry;
        qint64 lastTime = 0;
        int atLastTime = 0; // lines with that time stamp
        int skip = 0; // of the lines at lastTime that come again
        bool resuming = false;
    };
    Stream* streamFor(const LogSource& source);
    void open(Stream& stream); // the wanted instance
    void onLines(Stream& stream, const QByteArrayList& lines);
    bool cameBefore(Stream& stream, qint64 time);
    void onEnded(Stream& stream, bool inOrder, const api::StatusError& error);
    void retry(Stream& stream);
    void note(Stream& stream, const QString& text);

    ApiClient& m_client;
    const QString m_root;
    const bool m_previous;
    LogFeed* m_feed; // a child: moves to the data thread with this
    std::map<QString, std::unique_ptr<Stream>> m_streams;
};

} // namespace kates::app

Q_DECLARE_METATYPE(kates::app::LogSource)
