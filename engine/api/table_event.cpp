#include <fmt/format.h>

#include "engine/api/table_cells.h"

namespace kates::api::table {

namespace {

// An event says when it happened in its series, in first/lastTimestamp (the older clients) or in eventTime (the newer ones).
std::string_view firstSeen(const Value& event)
{
    const std::string_view first = event.str("firstTimestamp");
    return first.empty() ? event.str("eventTime") : first;
}

Value eventFirstSeen(const Row& row)
{
    return since(firstSeen(row.object), row.now);
}

Value eventLastSeen(const Row& row)
{
    if (const Value& series = row.object.get("series"); !series.isNull())
        return since(series.str("lastObservedTime"), row.now);
    const std::string_view last = row.object.str("lastTimestamp");
    return since(last.empty() ? firstSeen(row.object) : last, row.now);
}

Value eventCount(const Row& row)
{
    if (const Value& series = row.object.get("series"); !series.isNull())
        return series.get("count").asInt();
    return std::max<std::int64_t>(1, row.object.get("count").asInt());
}

Value eventObject(const Row& row)
{
    const Value& object = row.object.get("involvedObject");
    std::string text(object.str("kind"));
    for (char& c : text)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return object.str("name").empty() ? text : fmt::format("{}/{}", text, object.str("name"));
}

Value eventSource(const Row& row)
{
    const Value& source = row.object.get("source");
    const std::string_view component = source.str("component").empty() ? row.object.str("reportingComponent") : source.str("component");
    const std::string_view host = source.str("host").empty() ? row.object.str("reportingInstance") : source.str("host");
    return host.empty() ? std::string(component) : fmt::format("{}, {}", component, host);
}

Value eventMessage(const Row& row)
{
    std::string_view message = row.object.str("message");
    constexpr std::string_view kSpace = " \t\r\n";
    message.remove_prefix(std::min(message.find_first_not_of(kSpace), message.size()));
    return message.substr(0, message.find_last_not_of(kSpace) + 1);
}

constexpr Cell kCells[] {
    {"eventFirstSeen", eventFirstSeen},
    {"eventLastSeen", eventLastSeen},
    {"eventCount", eventCount},
    {"eventObject", eventObject},
    {"eventSource", eventSource},
    {"eventMessage", eventMessage},
};

} // namespace

std::span<const Cell> eventCells()
{
    return kCells;
}

} // namespace kates::api::table
