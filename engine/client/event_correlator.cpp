#include "engine/client/event_correlator.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/base/time.h"

namespace kates::client {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t kDistinctMessagesMax = 10;
constexpr Duration kSimilarInterval = 10min;
constexpr double kBurst = 25;
constexpr Duration kRefill = 5min;

std::string objectKey(const EventFact& fact)
{
    const api::Value& involved = fact.involved;
    return fmt::format("{}|{}|{}|{}|{}|{}|{}", fact.component, involved.str("apiVersion"), involved.str("kind"), involved.str("namespace"),
        involved.str("name"), involved.str("uid"), involved.str("fieldPath"));
}

} // namespace

bool EventCorrelator::combines(Similar& similar, std::string_view message, MonotonicTime now)
{
    auto& messages = similar.messages;
    while (!messages.empty() && now - messages.front().first > kSimilarInterval)
        messages.pop_front();
    if (std::any_of(messages.begin(), messages.end(), [&](const auto& entry) { return entry.second == message; }))
        return false;
    if (messages.size() >= kDistinctMessagesMax)
        return true;
    messages.emplace_back(now, message);
    return false;
}

bool EventCorrelator::takeToken(Bucket& bucket, MonotonicTime now)
{
    if (bucket.tokens < 0)
        bucket.tokens = kBurst;
    else
        bucket.tokens = std::min(kBurst, bucket.tokens + std::chrono::duration<double>(now - bucket.filled) / std::chrono::duration<double>(kRefill));
    bucket.filled = now;
    if (bucket.tokens < 1)
        return false;
    bucket.tokens -= 1;
    return true;
}

std::optional<EventToSend> EventCorrelator::correlate(const EventFact& fact, MonotonicTime now, WallTime wallTime)
{
    const std::string object = objectKey(fact);
    const std::string kind = fmt::format("{}|{}|{}", object, fact.type, fact.reason);
    EventToSend event;
    event.message = fact.message;
    std::string key = fmt::format("{}|{}", kind, fact.message);
    if (combines(m_similar[kind], fact.message, now)) {
        event.message = "(combined from similar events): " + fact.message;
        key = kind;
    }
    if (!takeToken(m_buckets[object], now))
        return std::nullopt;
    Seen& seen = m_seen[key];
    if (seen.name.empty()) {
        seen.name = fmt::format("{}.{:x}", fact.involved.str("name"), wallTime.time_since_epoch() / 1ns + m_sequence++);
        seen.firstTimestamp = formatTime(wallTime);
    }
    event.name = seen.name;
    event.firstTimestamp = seen.firstTimestamp;
    event.count = ++seen.count;
    return event;
}

} // namespace kates::client
