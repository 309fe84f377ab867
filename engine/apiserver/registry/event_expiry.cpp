#include "engine/apiserver/registry/event_expiry.h"

#include <algorithm>

#include "engine/base/log.h"
#include "engine/base/time.h"

namespace kates::apiserver {

namespace {

constexpr auto kIntervalLeast = std::chrono::minutes(1); // what falls due within it goes together

WallTime lastSeen(const api::Value& event)
{
    WallTime latest{};
    for (auto text : {event.str("metadata", "creationTimestamp"), event.str("lastTimestamp"), event.str("series", "lastObservedTime"),
             event.str("eventTime")}) {
        if (auto time = parseTime(text))
            latest = std::max(latest, *time);
    }
    return latest;
}

} // namespace

void EventExpiry::start()
{
    if (m_registry.caches().find("", "events"))
        arm(kIntervalLeast);
}

void EventExpiry::arm(Duration delay)
{
    m_timer = m_registry.loop().after(delay, [this] { spawn(sweep()); });
}

Task<void> EventExpiry::sweep()
{
    auto events = m_registry.caches().find("", "events");
    auto kind = m_registry.scheme().findKind("v1", "Event");
    auto now = m_registry.loop().wallTime();
    auto next = now + kEventLifetime; // one that comes now is not due before
    std::vector<store::Operation> expired;
    events->visit({}, {}, [&](const std::string&, const ObjectPointer& event) {
        auto due = lastSeen(event->value()) + kEventLifetime;
        if (due > now) {
            next = std::min(next, due);
            return true;
        }
        auto key = event->key();
        expired.push_back({storageKey(*kind, key.ns, key.name), std::nullopt, event->revision()});
        return expired.size() < kExpiredPerCommit;
    });
    bool more = expired.size() == kExpiredPerCommit;
    arm(more ? Duration(std::chrono::seconds(1)) : std::max<Duration>(next - now, kIntervalLeast));
    if (expired.empty())
        co_return;
    auto store = m_store;
    auto committed = co_await store->commit(std::move(expired));
    // One that was written meanwhile keeps them all for the next time.
    if (!committed && committed.error().code != store::StoreErrorCode::Conflict)
        log::warning("apiserver", "old events could not be deleted", "cause", committed.error().message);
}

} // namespace kates::apiserver
