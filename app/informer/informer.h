// Lists one resource and follows it by a watch: a local copy that is always on its way to what the server has.
//
// Lives on the data thread; so do its signals. The list is read in pages. A watch that ends is taken up again from the last revision it saw; a
// 410 lists anew, and what went missing meanwhile comes out as Removed. While the server is away it waits with back-off and keeps what it has.
// With `table` the server's printed rows are followed instead of the objects: each value is then a TableRow ({cells, object}), and the first list
// comes out page by page.
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <optional>
#include <unordered_map>

#include "app/connection/back_off.h"
#include "app/connection/line_stream.h"
#include "app/informer/delta.h"

namespace kates::app {

inline constexpr int kListPage = 500;
inline constexpr int kWatchSeconds = 290; // what we ask the server for
inline constexpr int kWatchSilenceMs = 310'000; // then it should have ended; a dead peer shows here
inline constexpr int kHastyWatchMs = 1000; // a watch that ends sooner counts as a failed one
inline constexpr int kCoalesceMs = 16; // one frame
inline constexpr std::size_t kInformerObjectsMax = 500'000;

struct InformerOptions {
    ResourceRef resource;
    QString ns;
    QString fieldSelector;
    bool table = false;
    bool watch = true; // false: listed only, for resources that cannot be watched
    BackOff backOff {};
};

class Informer : public QObject {
    Q_OBJECT
public:
    enum class State {
        Idle,
        Listing, // nothing known yet, or being read anew
        Live, // the watch is open: what is here is what the server has
        Waiting, // the server is away or refuses; lastError() says why
    };
    Q_ENUM(State)

    Informer(ApiClient& client, InformerOptions options);

    void start();
    void stop();

    State state() const { return m_state; }
    bool synced() const { return m_synced; } // a complete list was seen at least once
    const api::StatusError& lastError() const { return m_lastError; }
    const std::unordered_map<std::string, api::Value>& objects() const { return m_objects; }
    const api::Value& columns() const { return m_columns; } // with `table`: columnDefinitions
    const ResourceRef& resource() const { return m_options.resource; }

signals:
    // Everything since the last time, one delta per key, at most once per frame.
    void changed(const kates::app::Deltas& deltas);
    void stateChanged(kates::app::Informer::State state);
    void columnsChanged();

private:
    void list(const QString& continueToken);
    void onListPage(const ApiReply& reply);
    void finishList();
    void watch();
    void onWatchLines(const QByteArrayList& lines);
    bool onEvent(const api::Value& event); // false: the watch cannot go on
    void onWatchEnded(bool inOrder, const api::StatusError& error);
    void take(const api::Value& document, std::unordered_map<std::string, api::Value>& into);
    void set(const std::string& key, const api::Value& object);
    void remove(const std::string& key);
    void note(Delta delta);
    void flush();
    void fail(const api::StatusError& error);
    void setState(State state);

    ApiClient& m_client;
    InformerOptions m_options;
    State m_state = State::Idle;
    bool m_synced = false;
    int m_generation = 0; // answers to requests of an earlier start() are ignored
    std::unordered_map<std::string, api::Value> m_objects;
    std::unordered_map<std::string, api::Value> m_listed; // pages so far
    api::Value m_columns;
    std::string m_revision;
    LineStream m_stream;
    QElapsedTimer m_watched; // since the watch was opened
    QTimer m_retry, m_silence, m_coalesce;
    api::StatusError m_lastError;
    Deltas m_pending;
    std::unordered_map<std::string, std::size_t> m_pendingIndex;
};

// The key of an object, or of a table row by its object's metadata.
[[nodiscard]] std::string keyOf(const api::Value& object);

} // namespace kates::app

Q_DECLARE_METATYPE(kates::app::Deltas)
