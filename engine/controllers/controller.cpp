#include "engine/controllers/controller.h"

#include <algorithm>

#include "engine/base/log.h"
#include "engine/base/time.h"

namespace kates::controllers {

using client::ReconcileResult;

QueueController::QueueController(const ControllerContext& context, std::string name, int workers)
    : m_context(context)
    , m_events(context.events, name)
    , m_queue(context.loop, {.name = name, .workers = workers}, [this](std::string key) { return reconcile(std::move(key)); })
{
}

client::Informer& QueueController::use(const client::Resource& resource)
{
    client::Informer& informer = m_context.informers.informer(resource);
    if (std::find(m_informers.begin(), m_informers.end(), &informer) == m_informers.end())
        m_informers.push_back(&informer);
    return informer;
}

void QueueController::start()
{
    m_unsynced = m_informers.size() + 1;
    auto oneSynced = [this] {
        if (--m_unsynced == 0)
            m_queue.start();
    };
    for (client::Informer* informer : m_informers) {
        informer->start();
        informer->addHandler({.synced = oneSynced});
    }
    oneSynced();
}

Task<void> QueueController::stop()
{
    return m_queue.stop();
}

void QueueController::enqueueChangesOf(client::Informer& informer)
{
    informer.addHandler({.added = [this](const api::Value& object) { enqueue(object); },
        .updated = [this](const api::Value&, const api::Value& after) { enqueue(after); },
        .deleted = [this](const api::Value& last) { enqueue(last); }});
}

std::string QueueController::now() const
{
    return formatTime(m_context.loop.wallTime());
}

bool namespaceTerminating(const api::StatusError& error)
{
    return std::any_of(
        error.causes.begin(), error.causes.end(), [](const api::StatusCause& cause) { return cause.reason == "NamespaceTerminating"; });
}

ReconcileResult afterFailure(std::string_view controller, const std::string& key, const api::StatusError& error)
{
    if (error.isNotFound() || namespaceTerminating(error))
        return ReconcileResult::done();
    if (!error.isConflict()) // somebody else was faster: the watch brings what they wrote
        log::warning("controllers", "reconcile failed", "controller", controller, "key", key, "error", error.message);
    return ReconcileResult::retry();
}

} // namespace kates::controllers
