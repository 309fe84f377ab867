#include "engine/client/event_recorder.h"

#include "engine/api/meta.h"
#include "engine/base/log.h"
#include "engine/base/time.h"

namespace kates::client {

using namespace std::chrono_literals;

namespace {

constexpr int kAttempts = 4;
constexpr Duration kAttemptDelay = 1s;
constexpr std::size_t kMessageMaxBytes = 1024; // as the API's own validation

api::Value makeEvent(const EventFact& fact, const EventToSend& event, const std::string& host, WallTime now)
{
    std::string_view ns = fact.involved.str("namespace");
    api::Value source = api::Value::object({{"component", fact.component}});
    if (!host.empty())
        source.set("host", host);
    api::Value object = api::Value::object({{"apiVersion", "v1"}, {"kind", "Event"}});
    object.set("metadata", api::Value::object({{"name", event.name}, {"namespace", ns.empty() ? "default" : ns}}));
    object.set("involvedObject", fact.involved);
    object.set("reason", fact.reason);
    object.set("message", event.message.substr(0, kMessageMaxBytes));
    object.set("source", std::move(source));
    object.set("firstTimestamp", event.firstTimestamp);
    object.set("lastTimestamp", formatTime(now));
    object.set("count", event.count);
    object.set("type", fact.type);
    object.set("eventTime", nullptr);
    object.set("reportingComponent", fact.component);
    object.set("reportingInstance", host);
    return object;
}

api::Value repetition(const api::Value& event)
{
    return api::Value::object({{"count", event.get("count")}, {"lastTimestamp", event.get("lastTimestamp")}, {"message", event.get("message")}});
}

bool worthRetrying(const api::StatusError& error)
{
    return error.code == 503 || error.code == 504 || error.code == 429;
}

} // namespace

api::Value objectReference(const api::Value& object, std::string_view fieldPath)
{
    api::ObjectMeta meta(object);
    api::Value reference = api::Value::object({{"kind", object.get("kind")}});
    if (!meta.ns().empty())
        reference.set("namespace", meta.ns());
    reference.set("name", meta.name());
    reference.set("uid", meta.uid());
    reference.set("apiVersion", object.get("apiVersion"));
    reference.set("resourceVersion", meta.resourceVersion());
    if (!fieldPath.empty())
        reference.set("fieldPath", fieldPath);
    return reference;
}

EventBroadcaster::EventBroadcaster(Loop& loop, std::shared_ptr<Client> client) : m_loop(loop), m_client(std::move(client)), m_tasks(loop) {}

void EventBroadcaster::start()
{
    m_tasks.spawn(run());
}

Task<void> EventBroadcaster::stop()
{
    m_tasks.requestStop();
    m_waiting.close();
    co_await m_tasks.finished();
}

void EventBroadcaster::record(EventFact fact, const std::string& host)
{
    if (m_waiting.size() >= kWaitingMax)
        return;
    auto event = m_correlator.correlate(fact, m_loop.now(), m_loop.wallTime());
    if (!event)
        return;
    api::Value object = makeEvent(fact, *event, host, m_loop.wallTime());
    m_waiting.push({std::move(*event), std::move(object)});
}

Task<void> EventBroadcaster::run()
{
    while (auto pending = co_await m_waiting.next()) {
        if (m_tasks.stopToken().stop_requested())
            co_return;
        co_await yieldTo(m_loop); // not from inside record()
        co_await send(std::move(*pending));
    }
}

Task<void> EventBroadcaster::send(Pending pending)
{
    const std::string ns(pending.object.str("metadata", "namespace"));
    bool patch = pending.event.count > 1;
    for (int attempt = 0; attempt < kAttempts && !m_tasks.stopToken().stop_requested(); ++attempt) {
        api::ApiResult<api::Value> sent;
        if (patch)
            sent = co_await m_client->patch(resources::events, ns, pending.event.name, PatchType::Merge, repetition(pending.object));
        else
            sent = co_await m_client->create(resources::events, ns, pending.object);
        if (sent)
            co_return;
        if (patch && sent.error().isNotFound()) {
            patch = false; // it has expired meanwhile
            continue;
        }
        if (!worthRetrying(sent.error())) {
            log::debug("client", "event dropped", "reason", pending.object.str("reason"), "error", sent.error().message);
            co_return;
        }
        co_await sleepFor(m_loop, kAttemptDelay, m_tasks.stopToken());
    }
}

} // namespace kates::client
