#include "engine/base/simulated_loop.h"

#include <cassert>
#include <deque>
#include <map>
#include <mutex>

namespace kates {

struct SimulatedLoop::State {
    using Due = std::pair<Duration, std::uint64_t>; // time, then order of registration
    std::map<Due, std::function<void()>> timers;
    std::mutex mutex; // guards posted: post() may come from any thread
    std::deque<std::function<void()>> posted;
    Duration elapsed{};
    std::uint64_t sequence = 0;
    bool stopped = false;

    bool runOnePosted()
    {
        std::function<void()> callback;
        {
            std::lock_guard lock(mutex);
            if (posted.empty())
                return false;
            callback = std::move(posted.front());
            posted.pop_front();
        }
        callback();
        return true;
    }
    void fireFirstTimer()
    {
        auto first = timers.begin();
        elapsed = std::max(elapsed, first->first.first);
        auto callback = std::move(first->second);
        timers.erase(first);
        callback();
    }
};

namespace {
class SimulatedTimer : public Registration::Impl {
public:
    explicit SimulatedTimer(std::function<void()> cancel) : m_cancel(std::move(cancel)) {}
    ~SimulatedTimer() override { m_cancel(); }

private:
    std::function<void()> m_cancel;
};
} // namespace

SimulatedLoop::SimulatedLoop() : m_state(std::make_shared<State>()) {}
SimulatedLoop::~SimulatedLoop() = default;

MonotonicTime SimulatedLoop::now() const
{
    return MonotonicTime(std::chrono::duration_cast<MonotonicTime::duration>(m_state->elapsed));
}

WallTime SimulatedLoop::wallTime() const
{
    // 2026-01-01T00:00:00Z: simulated runs give the same timestamps every time.
    constexpr auto kStart = WallTime(std::chrono::seconds(1'767'225'600));
    return kStart + std::chrono::duration_cast<WallTime::duration>(m_state->elapsed);
}

void SimulatedLoop::post(std::function<void()> callback)
{
    std::lock_guard lock(m_state->mutex);
    m_state->posted.push_back(std::move(callback));
}

Registration SimulatedLoop::after(Duration delay, std::function<void()> callback)
{
    State::Due due{m_state->elapsed + std::max(delay, Duration::zero()), ++m_state->sequence};
    m_state->timers.emplace(due, std::move(callback));
    std::weak_ptr<State> weak = m_state;
    return Registration(std::make_unique<SimulatedTimer>([weak, due] {
        if (auto state = weak.lock())
            state->timers.erase(due);
    }));
}

Registration SimulatedLoop::watch(int, int, std::function<void(int)>)
{
    assert(false && "a simulated loop has no file descriptors");
    return {};
}

void SimulatedLoop::settle()
{
    while (m_state->runOnePosted()) { }
}

void SimulatedLoop::run()
{
    m_state->stopped = false;
    while (!m_state->stopped) {
        if (m_state->runOnePosted())
            continue;
        if (m_state->timers.empty())
            return;
        m_state->fireFirstTimer();
    }
}

void SimulatedLoop::stop()
{
    m_state->stopped = true;
}

void SimulatedLoop::advance(Duration duration)
{
    const Duration until = m_state->elapsed + duration;
    settle();
    while (!m_state->timers.empty() && m_state->timers.begin()->first.first <= until) {
        m_state->fireFirstTimer();
        settle();
    }
    m_state->elapsed = until;
}

bool SimulatedLoop::runUntil(const std::function<bool()>& condition, Duration limit)
{
    const Duration until = m_state->elapsed + limit;
    settle();
    while (!condition()) {
        if (m_state->timers.empty() || m_state->timers.begin()->first.first > until)
            return false;
        m_state->fireFirstTimer();
        settle();
    }
    return true;
}

} // namespace kates
