#include "engine/apiserver/cache/watcher.h"

namespace kates::apiserver {

void Watcher::pushInitial(WatcherEvent event)
{
    ++m_initial;
    m_queue.push_back(std::move(event));
}

void Watcher::push(WatcherEvent event)
{
    if (m_closed)
        return;
    if (m_queue.size() >= kWatcherQueueMax + m_initial) {
        m_queue.clear();
        close(api::expired("the watch fell behind by more than " + std::to_string(kWatcherQueueMax) + " events"));
        return;
    }
    m_queue.push_back(std::move(event));
    wake();
}

void Watcher::close(std::optional<api::StatusError> error)
{
    if (std::exchange(m_closed, true))
        return;
    m_error = std::move(error);
    wake();
}

void Watcher::cancel()
{
    m_queue.clear();
    close();
}

// In a turn of its own: whoever publishes is not run into, and what is published in one turn is one batch.
void Watcher::wake()
{
    if (!m_waiting)
        return;
    auto waiting = std::exchange(m_waiting, {});
    m_loop.post([waiting, alive = std::weak_ptr(m_alive)] {
        if (!alive.expired())
            waiting.resume();
    });
}

Watcher::Batch Watcher::Awaiter::await_resume()
{
    watcher.m_initial = 0;
    Batch batch;
    batch.events = std::exchange(watcher.m_queue, {});
    if (batch.events.empty())
        batch.error = std::exchange(watcher.m_error, std::nullopt);
    return batch;
}

std::shared_ptr<Watcher> endedWatcher(Loop& loop, api::StatusError error)
{
    auto watcher = std::make_shared<Watcher>(loop, Selection{}, false);
    watcher->close(std::move(error));
    return watcher;
}

} // namespace kates::apiserver
