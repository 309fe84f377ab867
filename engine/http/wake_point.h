// Small meeting points of coroutines. Inside engine/http only.
#pragma once

#include <coroutine>
#include <deque>
#include <utility>

namespace kates::http {

// Where one coroutine waits until somebody wakes it; it then looks again at what it waited for.
class WakePoint {
public:
    struct Awaiter {
        WakePoint& point;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) noexcept { point.m_handle = handle; }
        void await_resume() const noexcept {}
    };
    Awaiter wait() { return Awaiter{*this}; }
    void wake()
    {
        if (auto handle = std::exchange(m_handle, {}))
            handle.resume();
    }

private:
    std::coroutine_handle<> m_handle;
};

// Lets one coroutine at a time through, in the order of their coming: co_await enter(), then leave().
class Turnstile {
public:
    struct Awaiter {
        Turnstile& turnstile;
        bool await_ready() const noexcept { return !std::exchange(turnstile.m_busy, true); }
        void await_suspend(std::coroutine_handle<> handle) { turnstile.m_waiting.push_back(handle); }
        void await_resume() const noexcept {}
    };
    Awaiter enter() { return Awaiter{*this}; }
    void leave()
    {
        m_busy = !m_waiting.empty();
        if (!m_busy)
            return;
        auto next = m_waiting.front();
        m_waiting.pop_front();
        next.resume();
    }

private:
    bool m_busy = false;
    std::deque<std::coroutine_handle<>> m_waiting;
};

} // namespace kates::http
