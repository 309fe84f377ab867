// Exponential back-off with jitter, for anything that tries again after a failure.
#pragma once

#include <algorithm>

#include "engine/base/loop.h"
#include "engine/base/random.h"

namespace kates::client {

class Backoff {
public:
    Backoff(Random& random, Duration base, Duration max) : m_random(random), m_base(base), m_max(max) {}
    // Between half of and the whole of base·2ⁿ, at most `max`: many clients that lost one server do not come back in one moment.
    Duration next()
    {
        const Duration whole = std::min(m_max, m_base * (std::int64_t(1) << std::min(m_failures, 20)));
        ++m_failures;
        return whole / 2 + std::chrono::duration_cast<Duration>(whole / 2 * m_random.fraction());
    }
    void reset() { m_failures = 0; }

private:
    Random& m_random;
    Duration m_base, m_max;
    int m_failures = 0;
};

} // namespace kates::client
