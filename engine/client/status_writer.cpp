#include "engine/client/status_writer.h"

#include "engine/api/meta.h"
#include "engine/base/log.h"

namespace kates::client {

namespace {
constexpr auto kRetryDelay = std::chrono::seconds(1);
}

StatusWriter::StatusWriter(Loop& loop, std::shared_ptr<Client> client, Resource resource, std::string fieldManager)
    : m_loop(loop), m_client(std::move(client)), m_resource(std::move(resource)), m_fieldManager(std::move(fieldManager)), m_tasks(loop)
{
}

void StatusWriter::set(const api::Value& object, api::Value status)
{
    if (!m_started) {
        m_started = true;
        m_sent = object.get("status");
        m_tasks.spawn(run());
    }
    m_object = object;
    if (status == m_next)
        return;
    m_next = std::move(status);
    m_changed.notify();
}

Task<void> StatusWriter::run()
{
    while (true) {
        co_await m_changed.wait();
        while (!m_abandoned && !m_next.isNull() && !(m_next == m_sent)) {
            api::Value object = m_object, status = m_next;
            const bool sent = co_await send(object, status);
            if (sent)
                m_sent = status;
            else if (m_closing)
                break;
            else
                co_await sleepFor(m_loop, kRetryDelay, m_tasks.stopToken());
        }
        if (m_closing)
            co_return;
    }
}

Task<bool> StatusWriter::send(api::Value object, api::Value status)
{
    const api::ObjectMeta meta(object);
    api::Value changes = status;
    // A merge patch only adds: what goes has to be named.
    for (const api::Member& member : m_sent.members())
        if (!status.has(member.key.view()))
            changes.set(member.key.view(), nullptr);
    api::Value patch = api::Value::object({{"metadata", api::Value::object({{"uid", meta.uid()}})}, {"status", changes}});
    WriteOptions options;
    options.subresource = "status";
    options.fieldManager = m_fieldManager;
    const std::string ns(meta.ns()), name(meta.name());
    auto answer = co_await m_client->patch(m_resource, ns, name, PatchType::Merge, patch, options);
    if (answer || answer.error().isNotFound() || answer.error().isConflict())
        co_return true;
    log::warning("client", "status not accepted", "resource", m_resource.plural, "object", meta.key().toString(), "error", answer.error().message);
    co_return false;
}

Task<void> StatusWriter::close()
{
    m_closing = true;
    m_tasks.requestStop();
    m_changed.notify();
    co_await m_tasks.finished();
}

Task<void> StatusWriter::abandon()
{
    m_abandoned = true;
    return close();
}

} // namespace kates::client
