// Coroutines: Task<T> is work that starts when it is awaited (or given to spawn()), on the awaiting thread.
//
// Rules that keep them safe (GCC 12):
//  - A coroutine takes its parameters by value (or by reference to something that provably outlives it). A lambda that is a coroutine
//    must not capture: its captures die with the lambda object. Use a member function or pass parameters.
//  - Do not co_await inside ?:, initializer lists or conditions with temporaries that matter; give intermediate values a name.
//  - Errors are values (Result); an exception that escapes a spawned task ends the process with a message.
#pragma once

#include <coroutine>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "engine/base/loop.h"

namespace kates {

template <typename T>
class Task;

namespace detail {

struct FinalAwaiter {
    bool await_ready() const noexcept { return false; }
    template <typename Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> finished) noexcept
    {
        auto continuation = finished.promise().continuation;
        return continuation ? continuation : std::noop_coroutine();
    }
    void await_resume() const noexcept {}
};

struct PromiseBase {
    std::coroutine_handle<> continuation;
    std::exception_ptr exception;
    std::suspend_always initial_suspend() noexcept { return {}; }
    FinalAwaiter final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept { exception = std::current_exception(); }
};

template <typename T>
struct Promise : PromiseBase {
    std::optional<T> value;
    Task<T> get_return_object();
    template <typename U>
    void return_value(U&& result)
    {
        value.emplace(std::forward<U>(result));
    }
    T take()
    {
        if (exception)
            std::rethrow_exception(exception);
        return std::move(*value);
    }
};

template <>
struct Promise<void> : PromiseBase {
    Task<void> get_return_object();
    void return_void() noexcept {}
    void take()
    {
        if (exception)
            std::rethrow_exception(exception);
    }
};

} // namespace detail

template <typename T = void>
class [[nodiscard]] Task {
public:
    using promise_type = detail::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    Task() = default;
    explicit Task(Handle handle) : m_handle(handle) {}
    Task(Task&& other) noexcept : m_handle(std::exchange(other.m_handle, {})) {}
    Task& operator=(Task&& other) noexcept
    {
        if (this != &other) {
            destroy();
            m_handle = std::exchange(other.m_handle, {});
        }
        return *this;
    }
    ~Task() { destroy(); }

    struct Awaiter {
        Handle handle;
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept
        {
            handle.promise().continuation = awaiting;
            return handle;
        }
        T await_resume() { return handle.promise().take(); }
    };
    Awaiter operator co_await() && noexcept { return Awaiter{m_handle}; }
    Awaiter operator co_await() & noexcept { return Awaiter{m_handle}; }

private:
    void destroy()
    {
        if (m_handle)
            m_handle.destroy();
        m_handle = {};
    }
    Handle m_handle;
};

namespace detail {
template <typename T>
Task<T> Promise<T>::get_return_object()
{
    return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object()
{
    return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

struct Detached {
    struct promise_type {
        Detached get_return_object() noexcept { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); }
    };
};
} // namespace detail

// Starts the task now; it runs by itself and frees itself when done. Whoever spawns must make sure that what the task refers to
// lives long enough: see TaskGroup.
inline detail::Detached spawn(Task<void> task)
{
    co_await std::move(task);
}

// A value that arrives once. Copies share it. set() resumes every waiter from inside the call; a second set() is ignored.
template <typename T>
class Future {
public:
    Future() : m_state(std::make_shared<State>()) {}
    bool ready() const { return m_state->value.has_value(); }
    const T& value() const { return *m_state->value; }
    void set(T value) const
    {
        auto state = m_state; // a waiter may destroy this object
        if (state->value)
            return;
        state->value.emplace(std::move(value));
        auto waiters = std::move(state->waiters);
        for (auto waiter : waiters)
            waiter.resume();
    }
    struct Awaiter;
    Awaiter operator co_await() const { return Awaiter{m_state}; }

private:
    struct State {
        std::optional<T> value;
        std::vector<std::coroutine_handle<>> waiters;
    };
    std::shared_ptr<State> m_state;

public:
    struct Awaiter {
        std::shared_ptr<State> state;
        bool await_ready() const noexcept { return state->value.has_value(); }
        void await_suspend(std::coroutine_handle<> handle) { state->waiters.push_back(handle); }
        T await_resume() { return *state->value; }
    };
};

struct Done {};
using Event = Future<Done>;

// A queue with one consumer. push() never blocks: the producer watches size() when it needs a bound. After close(), next() gives what
// is left and then nullopt. Resumption is from inside push()/close().
template <typename T>
class Channel {
public:
    void push(T item)
    {
        if (m_closed)
            return;
        m_items.push_back(std::move(item));
        wake();
    }
    void close()
    {
        m_closed = true;
        wake();
    }
    bool closed() const { return m_closed; }
    std::size_t size() const { return m_items.size(); }

    struct Awaiter {
        Channel& channel;
        bool await_ready() const noexcept { return !channel.m_items.empty() || channel.m_closed; }
        void await_suspend(std::coroutine_handle<> handle) { channel.m_waiter = handle; }
        std::optional<T> await_resume()
        {
            if (channel.m_items.empty())
                return std::nullopt;
            std::optional<T> item(std::move(channel.m_items.front()));
            channel.m_items.pop_front();
            return item;
        }
    };
    Awaiter next() { return Awaiter{*this}; }

private:
    void wake()
    {
        if (auto waiter = std::exchange(m_waiter, {}))
            waiter.resume();
    }
    std::deque<T> m_items;
    std::coroutine_handle<> m_waiter;
    bool m_closed = false;
};

// "Something changed, look again": notify() wakes the one waiter, or makes the next wait() return at once; notifications in between merge.
// The waiter resumes from inside notify().
class Signal {
public:
    void notify()
    {
        m_set = true;
        if (auto waiter = std::exchange(m_waiter, {}))
            waiter.resume();
    }
    struct Awaiter {
        Signal& signal;
        bool await_ready() const noexcept { return signal.m_set; }
        void await_suspend(std::coroutine_handle<> handle) { signal.m_waiter = handle; }
        void await_resume() { signal.m_set = false; }
    };
    Awaiter wait() { return Awaiter{*this}; }

private:
    bool m_set = false;
    std::coroutine_handle<> m_waiter;
};

// Completes after `delay`, or at once when stop is requested; says whether the whole delay passed.
Task<bool> sleepFor(Loop& loop, Duration delay, std::stop_token stop = {});

// Completes in a later turn of the loop: lets other work run between steps of a long job.
Task<void> yieldTo(Loop& loop);

// Tasks that share an owner: requestStop() asks them to end, and co_await finished() waits until they have. The destructor asserts that
// none is running: stop is designed, not hoped for.
class TaskGroup {
public:
    explicit TaskGroup(Loop& loop) : m_loop(loop) {}
    ~TaskGroup();
    TaskGroup(const TaskGroup&) = delete;
    void spawn(Task<void> task);
    std::stop_token stopToken() const { return m_stop.get_token(); }
    void requestStop() { m_stop.request_stop(); }
    bool empty() const { return m_running == 0; }
    Task<void> finished();

private:
    Task<void> supervise(Task<void> task);
    Loop& m_loop;
    std::stop_source m_stop;
    int m_running = 0;
    std::optional<Event> m_idle;
};

// Runs `task` on a fresh turn of the loop and the loop until the task is done: for main() and tests.
template <typename T>
T runToCompletion(Loop& loop, Task<T> task);

namespace detail {
template <typename T>
Task<void> storeAndStop(Loop& loop, Task<T> task, std::optional<T>& out)
{
    out.emplace(co_await std::move(task));
    loop.stop();
}
inline Task<void> thenStop(Loop& loop, Task<void> task)
{
    co_await std::move(task);
    loop.stop();
}
} // namespace detail

template <typename T>
T runToCompletion(Loop& loop, Task<T> task)
{
    if constexpr (std::is_void_v<T>) {
        loop.post([&loop, &task] { spawn(detail::thenStop(loop, std::move(task))); });
        loop.run();
    } else {
        std::optional<T> result;
        loop.post([&loop, &task, &result] { spawn(detail::storeAndStop(loop, std::move(task), result)); });
        loop.run();
        return std::move(*result);
    }
}

} // namespace kates
