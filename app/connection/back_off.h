// How long to wait before the next attempt: doubling, with jitter, up to a limit.
#pragma once

#include <QRandomGenerator>

#include <algorithm>
#include <chrono>

namespace kates::app {

class BackOff {
public:
    using Milliseconds = std::chrono::milliseconds;
    explicit BackOff(Milliseconds first = Milliseconds(250), Milliseconds limit = Milliseconds(15'000))
        : m_first(first)
        , m_limit(limit)
        , m_next(first)
    {
    }

    // Between 80 % and 120 % of the current step, so that many watches do not return at the same moment.
    Milliseconds next()
    {
        const Milliseconds step = m_next;
        m_next = std::min(m_limit, m_next * 2);
        return Milliseconds(step.count() * QRandomGenerator::global()->bounded(80, 121) / 100);
    }
    void reset() { m_next = m_first; }

private:
    Milliseconds m_first, m_limit, m_next;
};

} // namespace kates::app
