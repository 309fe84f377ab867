// The receiving end of one watch: a bounded queue that the cache fills and one coroutine empties, in batches. Who does not keep up is cut off with a
// clear error and lists again.
#pragma once

#include <coroutine>

#include "engine/api/status.h"
#include "engine/apiserver/cache/selection.h"

namespace kates::apiserver {

enum class EventType { Added, Modified, Deleted, Bookmark };

struct WatcherEvent {
    EventType type;
    ObjectPointer object;           // null for a bookmark
    store::Revision revision = 0;
    bool initialEventsEnd = false;  // the bookmark that closes the initial list
};

constexpr std::size_t kWatcherQueueMax = 16'384; // events behind; a whole initial list may stand in the queue beside them

class Watcher {
public:
    Watcher(Loop& loop, Selection selection, bool bookmarks) : m_loop(loop), m_selection(std::move(selection)), m_bookmarks(bookmarks) {}
    Watcher(const Watcher&) = delete;

    const Selection& selection() const { return m_selection; }
    bool wantsBookmarks() const { return m_bookmarks; }
    bool closed() const { return m_closed; }

    void pushInitial(WatcherEvent event);
    void push(WatcherEvent event);
    // What is queued is still delivered, then the error (if any), then the end.
    void close(std::optional<api::StatusError> error = std::nullopt);
    // Ends at once: what is queued is dropped.
    void cancel();

    struct Batch {
        std::vector<WatcherEvent> events;       // empty: the watch has ended
        std::optional<api::StatusError> error;  // with no events: why
    };
    struct Awaiter {
        Watcher& watcher;
        bool await_ready() const noexcept { return !watcher.m_queue.empty() || watcher.m_closed; }
        void await_suspend(std::coroutine_handle<> handle) { watcher.m_waiting = handle; }
        Batch await_resume();
    };
    Awaiter next() { return Awaiter{*this}; }

private:
    void wake();
    Loop& m_loop;
    Selection m_selection;
    bool m_bookmarks;
    bool m_closed = false;
    std::size_t m_initial = 0; // queued initial events do not count against the limit
    std::vector<WatcherEvent> m_queue;
    std::optional<api::StatusError> m_error;
    std::coroutine_handle<> m_waiting;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

// A watch that could not begin: its only news is the error.
[[nodiscard]] std::shared_ptr<Watcher> endedWatcher(Loop& loop, api::StatusError error);

} // namespace kates::apiserver
