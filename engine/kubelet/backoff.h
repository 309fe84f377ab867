// Exponential back-off by key, as upstream's flowcontrol.Backoff: doubles with every failure, starts anew after a quiet time.
#pragma once

#include <map>
#include <string>

#include "engine/base/loop.h"

namespace kates::kubelet {

class Backoff {
public:
    Backoff(Duration base, Duration max) : m_base(base), m_max(max) {}
    // How long after `failedAt` the next try is due; zero when it may start now.
    Duration remaining(const std::string& key, MonotonicTime failedAt, MonotonicTime now) const
    {
        auto entry = m_entries.find(key);
        if (entry == m_entries.end() || now - failedAt >= entry->second.delay)
            return Duration::zero();
        return entry->second.delay - (now - failedAt);
    }
    // Another try starts (or has failed) now. `quietSince`: when the last trouble was.
    void next(const std::string& key, MonotonicTime quietSince, MonotonicTime now)
    {
        auto& entry = m_entries[key];
        const bool forgotten = entry.delay == Duration::zero() || now - quietSince > 2 * m_max;
        entry.delay = forgotten ? m_base : std::min(entry.delay * 2, m_max);
    }
    Duration delay(const std::string& key) const
    {
        auto entry = m_entries.find(key);
        return entry == m_entries.end() ? Duration::zero() : entry->second.delay;
    }
    void forget(const std::string& key) { m_entries.erase(key); }

private:
    struct Entry {
        Duration delay{};
    };
    Duration m_base, m_max;
    std::map<std::string, Entry> m_entries;
};

} // namespace kates::kubelet
