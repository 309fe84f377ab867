// Where one coroutine waits until somebody wakes it; it then looks again at what it waited for. Inside engine/http only.
#pragma once

#include <coroutine>
#include <utility>

namespace kates::http {

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

} // namespace kates::http
