// The event loop on which all component logic runs, and the only source of time.
//
// Threads: everything here is called on the loop's own thread, except post(), which any thread may call. A callback runs to
// completion before the next one starts, so component state needs no locks.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace kates {

using Duration = std::chrono::nanoseconds;
using MonotonicTime = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;

// A registration that lasts as long as this object: destroying (or resetting) it guarantees that its callback will not be
// called again. May be destroyed from inside its own callback.
class Registration {
public:
    class Impl {
    public:
        virtual ~Impl() = default;
    };
    Registration() = default;
    explicit Registration(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
    void reset() { m_impl.reset(); }
    explicit operator bool() const { return m_impl != nullptr; }

private:
    std::unique_ptr<Impl> m_impl;
};

enum FdEvents : int { Readable = 1, Writable = 2 };

class Loop {
public:
    virtual ~Loop() = default;

    virtual MonotonicTime now() const = 0;
    virtual WallTime wallTime() const = 0;

    // Runs the callback on the loop's thread, after the current callback, in the order of the calls. Thread-safe.
    virtual void post(std::function<void()> callback) = 0;
    // Runs the callback once, not before `delay` has passed.
    [[nodiscard]] virtual Registration after(Duration delay, std::function<void()> callback) = 0;
    // Level-triggered: called as long as the descriptor is ready for one of `events` (FdEvents). One watch per descriptor; an error or
    // hang-up is reported as Readable|Writable. The descriptor stays the caller's and must outlive the registration.
    [[nodiscard]] virtual Registration watch(int fd, int events, std::function<void(int readyEvents)> callback) = 0;

    // Runs until stop() is called. stop() may be called from any thread.
    virtual void run() = 0;
    virtual void stop() = 0;
};

// The real loop, on libuv.
[[nodiscard]] std::unique_ptr<Loop> makeLoop();

} // namespace kates
