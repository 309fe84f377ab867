#include "engine/api/conversion.h"
#include "engine/api/json.h"
#include "engine/apiserver/respond/respond.h"

namespace kates::apiserver {

using api::Value;

namespace {

constexpr auto kTimeoutLeast = std::chrono::minutes(30);
constexpr std::size_t kPiecesPerWrite = 600;

std::string_view nameOf(EventType type)
{
    switch (type) {
    case EventType::Added:
        return "ADDED";
    case EventType::Modified:
        return "MODIFIED";
    case EventType::Deleted:
        return "DELETED";
    case EventType::Bookmark:
        break;
    }
    return "BOOKMARK";
}

// Events of one watch as lines of text. The object's bytes are the cache's own: every watcher sends the same ones.
class EventEncoder {
public:
    EventEncoder(Loop& loop, api::Scheme::KindPointer kind, ResponseForm form) : m_loop(loop), m_kind(std::move(kind)), m_form(std::move(form)) {}

    void append(std::vector<Bytes>& pieces, const WatcherEvent& event)
    {
        static const Bytes heads[]
            = {headFor(EventType::Added), headFor(EventType::Modified), headFor(EventType::Deleted), headFor(EventType::Bookmark)};
        static const Bytes tail("}\n");
        pieces.push_back(heads[static_cast<int>(event.type)]);
        pieces.push_back(objectOf(event));
        pieces.push_back(tail);
    }
    static Bytes errorLine(const api::StatusError& error)
    {
        return Bytes(R"({"type":"ERROR","object":)" + api::toJson(error.toValue()) + "}\n");
    }

private:
    static Bytes headFor(EventType type) { return Bytes("{\"type\":\"" + std::string(nameOf(type)) + "\",\"object\":"); }

    Bytes objectOf(const WatcherEvent& event)
    {
        if (event.object && m_form.accepted.form == Form::Object && !m_kind->storedAs)
            return event.object->json();
        auto object = event.object ? api::fromStored(*m_kind, event.object->value()) : bookmark(event);
        if (m_form.accepted.form == Form::PartialMetadata)
            object = partialMetadata(object);
        if (m_form.accepted.form == Form::Table)
            object = table(event, object);
        return Bytes(api::toJson(object));
    }
    Value bookmark(const WatcherEvent& event) const
    {
        auto metadata = Value::object({{"resourceVersion", std::to_string(event.revision)}, {"creationTimestamp", nullptr}});
        if (event.initialEventsEnd)
            metadata.set("annotations", Value::object({{"k8s.io/initial-events-end", "true"}}));
        return Value::object({{"kind", m_kind->kind}, {"apiVersion", m_kind->apiVersion()}, {"metadata", std::move(metadata)}});
    }
    Value table(const WatcherEvent& event, const Value& object)
    {
        auto metadata = Value::object({{"resourceVersion", object.get("metadata", "resourceVersion")}});
        if (event.initialEventsEnd)
            metadata.set("annotations", object.get("metadata", "annotations"));
        auto rows = event.object ? std::span(&object, 1) : std::span<const Value>();
        return api::makeTable(*m_kind, rows, m_form.tableObjects, metadata, m_loop.wallTime(), !std::exchange(m_columnsSent, true));
    }

    Loop& m_loop;
    api::Scheme::KindPointer m_kind;
    ResponseForm m_form;
    bool m_columnsSent = false;
};

} // namespace

Task<void> respondWatch(
    Loop& loop, http::Exchange& exchange, api::Scheme::KindPointer kind, std::shared_ptr<Watcher> watcher, Duration timeout, ResponseForm form)
{
    if (form.accepted.encoding == Encoding::Yaml) {
        co_await respondStatus(exchange, api::notAcceptable("a watch is only given as application/json"));
        co_return;
    }
    // Watches that began together should not all come back together: the default differs by up to as much again.
    auto spread = std::hash<const void*>()(watcher.get()) / 64 % 1800;
    auto end = loop.after(timeout.count() > 0 ? timeout : kTimeoutLeast + std::chrono::seconds(spread), [&watcher] { watcher->close(); });
    std::stop_callback gone(exchange.closed(), [&watcher] { watcher->cancel(); });

    http::Headers headers{{"Content-Type", "application/json"}, {"Cache-Control", "no-cache, private"}};
    for (const auto& warning : form.warnings)
        headers.add("Warning", "299 - \"" + warning + "\"");
    exchange.begin(200, std::move(headers));
    EventEncoder encoder(loop, std::move(kind), std::move(form));
    for (;;) {
        auto batch = co_await watcher->next();
        std::vector<Bytes> pieces;
        if (batch.events.empty()) {
            if (batch.error) {
                pieces.push_back(EventEncoder::errorLine(*batch.error));
                co_await exchange.write(std::move(pieces));
            }
            break;
        }
        bool alive = true;
        for (std::size_t i = 0; i < batch.events.size() && alive; ++i) {
            encoder.append(pieces, batch.events[i]);
            if (pieces.size() < kPiecesPerWrite && i + 1 < batch.events.size())
                continue;
            auto full = std::exchange(pieces, {});
            alive = co_await exchange.write(std::move(full));
        }
        if (!alive)
            break;
    }
    co_await exchange.end();
}

} // namespace kates::apiserver
