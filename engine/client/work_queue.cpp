#include "engine/client/work_queue.h"

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <unordered_set>

namespace kates::client {

struct WorkQueue::State : std::enable_shared_from_this<WorkQueue::State> {
    State(Loop& eventLoop, WorkQueueOptions queueOptions, Reconcile reconcileKey)
        : loop(eventLoop), options(std::move(queueOptions)), reconcile(std::move(reconcileKey)), tasks(eventLoop)
    {
    }

    void add(std::string key);
    void addAfter(std::string key, Duration delay);
    void fallDue(std::string key);
    void schedulePump();
    void pump();
    Task<void> process(std::string key);
    Duration backoff(const std::string& key);

    struct Delayed {
        MonotonicTime due;
        Registration timer;
    };
    Loop& loop;
    WorkQueueOptions options;
    Reconcile reconcile;
    std::deque<std::string> waiting;
    std::unordered_set<std::string> dirty; // waiting, or to come again when its processing has ended
    std::unordered_set<std::string> processing;
    std::unordered_map<std::string, int> failures;
    std::unordered_map<std::string, Delayed> delayed;
    TaskGroup tasks;
    bool started = false;
    bool pumpScheduled = false;
};

void WorkQueue::State::add(std::string key)
{
    if (tasks.stopToken().stop_requested() || !dirty.insert(key).second || processing.contains(key))
        return;
    waiting.push_back(std::move(key));
    schedulePump();
}

void WorkQueue::State::addAfter(std::string key, Duration delay)
{
    if (tasks.stopToken().stop_requested())
        return;
    if (delay <= Duration::zero()) {
        add(std::move(key));
        return;
    }
    const MonotonicTime due = loop.now() + std::chrono::ceil<MonotonicTime::duration>(delay);
    auto [place, isNew] = delayed.try_emplace(key);
    if (!isNew && place->second.due <= due)
        return;
    place->second.due = due;
    place->second.timer = loop.after(delay, [this, key = std::move(key)] { fallDue(key); });
}

// `key` by value: erasing the timer may destroy the callback that holds it.
void WorkQueue::State::fallDue(std::string key)
{
    delayed.erase(key);
    add(std::move(key));
}

// Reconciling starts in a turn of its own: add() is called from inside informers' notifications.
void WorkQueue::State::schedulePump()
{
    if (!started || pumpScheduled || waiting.empty())
        return;
    pumpScheduled = true;
    loop.post([weak = weak_from_this()] {
        if (auto state = weak.lock()) {
            state->pumpScheduled = false;
            state->pump();
        }
    });
}

void WorkQueue::State::pump()
{
    while (!waiting.empty() && static_cast<int>(processing.size()) < options.workers && !tasks.stopToken().stop_requested()) {
        std::string key = std::move(waiting.front());
        waiting.pop_front();
        dirty.erase(key);
        processing.insert(key);
        tasks.spawn(process(std::move(key)));
    }
}

Task<void> WorkQueue::State::process(std::string key)
{
    ReconcileResult result = co_await reconcile(key);
    processing.erase(key);
    if (result.failed) {
        addAfter(key, backoff(key));
    } else {
        failures.erase(key);
        if (result.again)
            addAfter(key, *result.again);
    }
    if (dirty.contains(key))
        waiting.push_back(std::move(key));
    schedulePump();
}

Duration WorkQueue::State::backoff(const std::string& key)
{
    const int exponent = std::min(failures[key]++, 20);
    return std::min(options.backoffMax, options.backoffBase * (std::int64_t(1) << exponent));
}

WorkQueue::WorkQueue(Loop& loop, WorkQueueOptions options, Reconcile reconcile)
    : m_state(std::make_shared<State>(loop, std::move(options), std::move(reconcile)))
{
}

WorkQueue::~WorkQueue() = default;

void WorkQueue::add(std::string key)
{
    m_state->add(std::move(key));
}

void WorkQueue::addAfter(std::string key, Duration delay)
{
    m_state->addAfter(std::move(key), delay);
}

void WorkQueue::start()
{
    m_state->started = true;
    m_state->schedulePump();
}

Task<void> WorkQueue::stop()
{
    m_state->tasks.requestStop();
    m_state->waiting.clear();
    m_state->dirty.clear();
    m_state->delayed.clear();
    co_await m_state->tasks.finished();
}

std::size_t WorkQueue::size() const
{
    return m_state->waiting.size();
}

bool WorkQueue::idle() const
{
    return m_state->waiting.empty() && m_state->processing.empty();
}

} // namespace kates::client
