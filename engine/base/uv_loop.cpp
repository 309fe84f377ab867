// The real loop. libuv handles must be closed asynchronously, so each registration's handle lives on the heap and frees itself in its close callback.
#include "engine/base/loop.h"

#include <uv.h>

#include <cassert>
#include <deque>
#include <mutex>

namespace kates {

namespace {

class UvTimer : public Registration::Impl {
public:
    UvTimer(uv_loop_t* loop, Duration delay, std::function<void()> callback) : m_state(new State{{}, std::move(callback), true})
    {
        uv_timer_init(loop, &m_state->handle);
        m_state->handle.data = m_state;
        // Rounded up: a timer never fires early.
        auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(std::max(delay, Duration::zero())).count();
        uv_timer_start(&m_state->handle, fire, static_cast<std::uint64_t>(milliseconds), 0);
    }
    ~UvTimer() override
    {
        m_state->active = false;
        uv_close(reinterpret_cast<uv_handle_t*>(&m_state->handle), [](uv_handle_t* handle) { delete static_cast<State*>(handle->data); });
    }

private:
    struct State {
        uv_timer_t handle;
        std::function<void()> callback;
        bool active;
    };
    static void fire(uv_timer_t* handle)
    {
        auto* state = static_cast<State*>(handle->data);
        if (!state->active)
            return;
        state->active = false;
        auto callback = std::move(state->callback); // it may destroy this registration
        callback();
    }
    State* m_state;
};

class UvPoll : public Registration::Impl {
public:
    UvPoll(uv_loop_t* loop, int fd, int events, std::function<void(int)> callback) : m_state(new State{{}, std::make_shared<Callback>(std::move(callback)), true})
    {
        m_initialised = uv_poll_init(loop, &m_state->handle, fd) == 0;
        assert(m_initialised && "the descriptor is not pollable or watched already");
        m_state->handle.data = m_state;
        uv_poll_start(&m_state->handle, ((events & Readable) ? UV_READABLE : 0) | ((events & Writable) ? UV_WRITABLE : 0), fire);
    }
    ~UvPoll() override
    {
        m_state->active = false;
        if (!m_initialised) {
            delete m_state;
            return;
        }
        // Stopped at once: the caller may close the descriptor as soon as we return.
        uv_poll_stop(&m_state->handle);
        uv_close(reinterpret_cast<uv_handle_t*>(&m_state->handle), [](uv_handle_t* handle) { delete static_cast<State*>(handle->data); });
    }

private:
    using Callback = std::function<void(int)>;
    struct State {
        uv_poll_t handle;
        std::shared_ptr<Callback> callback;
        bool active;
    };
    static void fire(uv_poll_t* handle, int status, int events)
    {
        auto* state = static_cast<State*>(handle->data);
        if (!state->active)
            return;
        auto callback = state->callback; // kept alive: it may destroy this registration
        int ready = status < 0 ? Readable | Writable : ((events & UV_READABLE) ? Readable : 0) | ((events & UV_WRITABLE) ? Writable : 0);
        (*callback)(ready);
    }
    State* m_state;
    bool m_initialised = false;
};

class UvLoop : public Loop {
public:
    UvLoop()
    {
        uv_loop_init(&m_loop);
        uv_async_init(&m_loop, &m_wake, [](uv_async_t* handle) { static_cast<UvLoop*>(handle->data)->runPosted(); });
        m_wake.data = this;
    }
    ~UvLoop() override
    {
        uv_close(reinterpret_cast<uv_handle_t*>(&m_wake), nullptr);
        // Lets close callbacks free their handles. What coroutines that never finished still hold is left to the end of the process: waiting for it
        // would wait for ever.
        while (uv_run(&m_loop, UV_RUN_NOWAIT) != 0 && ++m_closingTurns < kClosingTurnsMax) { }
        uv_loop_close(&m_loop);
    }

    MonotonicTime now() const override { return std::chrono::steady_clock::now(); }
    WallTime wallTime() const override { return std::chrono::system_clock::now(); }

    void post(std::function<void()> callback) override
    {
        {
            std::lock_guard lock(m_mutex);
            m_posted.push_back(std::move(callback));
            if (m_posted.size() > 1)
                return; // a wake-up is on its way
        }
        uv_async_send(&m_wake);
    }
    Registration after(Duration delay, std::function<void()> callback) override
    {
        uv_update_time(&m_loop);
        return Registration(std::make_unique<UvTimer>(&m_loop, delay, std::move(callback)));
    }
    Registration watch(int fd, int events, std::function<void(int)> callback) override
    {
        return Registration(std::make_unique<UvPoll>(&m_loop, fd, events, std::move(callback)));
    }
    void run() override
    {
        m_stopped = false;
        while (!m_stopped)
            uv_run(&m_loop, UV_RUN_ONCE);
    }
    void stop() override
    {
        post([this] { m_stopped = true; });
    }

private:
    void runPosted()
    {
        std::deque<std::function<void()>> batch;
        {
            std::lock_guard lock(m_mutex);
            batch.swap(m_posted);
        }
        for (auto& callback : batch)
            callback();
    }

    uv_loop_t m_loop;
    uv_async_t m_wake;
    std::mutex m_mutex;
    std::deque<std::function<void()>> m_posted;
    bool m_stopped = false;
    static constexpr int kClosingTurnsMax = 16;
    int m_closingTurns = 0;
};

} // namespace

std::unique_ptr<Loop> makeLoop()
{
    return std::make_unique<UvLoop>();
}

} // namespace kates
