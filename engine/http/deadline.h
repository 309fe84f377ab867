// One deadline that moves often: setting it costs a comparison, because a running timer that is early enough is left alone and looks at
// the deadline when it fires. Inside engine/http only.
#pragma once

#include <functional>

#include "engine/base/loop.h"

namespace kates::http {

class Deadline {
public:
    Deadline(Loop& loop, std::function<void()> expired) : m_loop(loop), m_expired(std::move(expired)) {}

    void set(Duration fromNow)
    {
        m_at = m_loop.now() + fromNow;
        if (!m_timer || m_at < m_firesAt)
            arm();
    }
    void clear() { m_at = MonotonicTime::max(); } // the timer may still fire once, and does nothing then
    void stop() { m_timer.reset(); }

private:
    void arm()
    {
        m_firesAt = m_at;
        m_timer = m_loop.after(m_at - m_loop.now(), [this] {
            m_timer.reset();
            if (m_at == MonotonicTime::max())
                return;
            if (m_loop.now() < m_at)
                return arm();
            m_at = MonotonicTime::max();
            m_expired();
        });
    }

    Loop& m_loop;
    std::function<void()> m_expired;
    Registration m_timer;
    MonotonicTime m_at = MonotonicTime::max();
    MonotonicTime m_firesAt = MonotonicTime::max();
};

} // namespace kates::http
