// Decides what becomes of an event before it is sent, so that a crash loop does not flood the cluster: pure bookkeeping, as upstream's.
//   - the same event again        → the stored Event's count rises
//   - many events that differ only in their message → one combined Event
//   - more than a burst of 25 for one object, refilled one every five minutes → dropped
#pragma once

#include <deque>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>

#include "engine/api/value.h"
#include "engine/base/loop.h"

namespace kates::client {

// A bounded map that forgets what was used least recently.
template <typename T>
class RecentMap {
public:
    explicit RecentMap(std::size_t sizeMax) : m_sizeMax(sizeMax) {}
    T& operator[](const std::string& key)
    {
        auto found = m_places.find(key);
        if (found != m_places.end()) {
            m_items.splice(m_items.begin(), m_items, found->second);
            return found->second->second;
        }
        if (m_items.size() >= m_sizeMax) {
            m_places.erase(m_items.back().first);
            m_items.pop_back();
        }
        m_items.emplace_front(key, T());
        m_places[key] = m_items.begin();
        return m_items.front().second;
    }

private:
    std::size_t m_sizeMax;
    std::list<std::pair<std::string, T>> m_items;
    std::unordered_map<std::string, typename std::list<std::pair<std::string, T>>::iterator> m_places;
};

struct EventFact {
    std::string component; // who saw it
    api::Value involved;   // an ObjectReference
    std::string type;      // Normal, Warning
    std::string reason;
    std::string message;
};

struct EventToSend {
    std::string name;    // of the Event
    std::string message;
    std::string firstTimestamp;
    int count = 1; // above 1: the Event of that name exists and is patched
};

class EventCorrelator {
public:
    // nullopt: drop it.
    std::optional<EventToSend> correlate(const EventFact& fact, MonotonicTime now, WallTime wallTime);

private:
    struct Similar {
        std::deque<std::pair<MonotonicTime, std::string>> messages; // distinct ones of the last ten minutes
    };
    struct Seen {
        std::string name, firstTimestamp;
        int count = 0;
    };
    struct Bucket {
        double tokens = -1; // negative: new
        MonotonicTime filled;
    };
    bool combines(Similar& similar, std::string_view message, MonotonicTime now);
    bool takeToken(Bucket& bucket, MonotonicTime now);

    static constexpr std::size_t kRemembered = 4096;
    RecentMap<Similar> m_similar{kRemembered};
    RecentMap<Seen> m_seen{kRemembered};
    RecentMap<Bucket> m_buckets{kRemembered};
    std::uint64_t m_sequence = 0; // two events of one moment need two names
};

} // namespace kates::client
