#include "engine/base/task.h"

#include <cassert>

namespace kates {

namespace {

// Suspends until the timer fires or stop is requested. Lives in the awaiting coroutine's frame.
class Sleep {
public:
    Sleep(Loop& loop, Duration delay, std::stop_token stop) : m_loop(loop), m_delay(delay), m_stop(std::move(stop)) {}
    bool await_ready() const noexcept { return m_stop.stop_requested(); }
    void await_suspend(std::coroutine_handle<> handle)
    {
        m_handle = handle;
        m_timer = m_loop.after(m_delay, [this] { finish(true); });
        if (m_stop.stop_possible())
            m_callback.emplace(m_stop, [this] {
                // Not from inside request_stop(): the resumed coroutine may destroy this very callback.
                m_timer = m_loop.after(Duration::zero(), [this] { finish(false); });
            });
    }
    bool await_resume() const noexcept { return m_whole; }

private:
    void finish(bool whole)
    {
        m_whole = whole;
        m_handle.resume();
    }
    Loop& m_loop;
    Duration m_delay;
    std::stop_token m_stop;
    std::coroutine_handle<> m_handle;
    Registration m_timer;
    std::optional<std::stop_callback<std::function<void()>>> m_callback;
    bool m_whole = false;
};

struct Yield {
    Loop& loop;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle)
    {
        loop.post([handle] { handle.resume(); });
    }
    void await_resume() const noexcept {}
};

} // namespace

Task<bool> sleepFor(Loop& loop, Duration delay, std::stop_token stop)
{
    Sleep sleep(loop, delay, std::move(stop));
    co_return co_await sleep;
}

Task<void> yieldTo(Loop& loop)
{
    co_await Yield{loop};
}

TaskGroup::~TaskGroup()
{
    assert(m_running == 0 && "a task outlives its group: request stop and await finished() first");
}

void TaskGroup::spawn(Task<void> task)
{
    ++m_running;
    kates::spawn(supervise(std::move(task)));
}

Task<void> TaskGroup::supervise(Task<void> task)
{
    co_await std::move(task);
    if (--m_running == 0 && m_idle) {
        Event idle = *std::exchange(m_idle, std::nullopt);
        // In a later turn: this frame still refers to the group, which the waiter may destroy.
        m_loop.post([idle] { idle.set({}); });
    }
}

Task<void> TaskGroup::finished()
{
    if (m_running == 0)
        co_return;
    if (!m_idle)
        m_idle.emplace();
    Event idle = *m_idle;
    co_await idle;
}

} // namespace kates
