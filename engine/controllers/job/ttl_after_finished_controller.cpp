#include "engine/controllers/job/ttl_after_finished_controller.h"

#include "engine/base/time.h"
#include "engine/controllers/common/resources.h"
#include "engine/controllers/job/job_view.h"

namespace kates::controllers {

using client::ReconcileResult;

namespace {

std::optional<WallTime> expiry(const api::Value& job)
{
    const auto ttl = JobView(job).ttlSecondsAfterFinished();
    if (!ttl || !JobView(job).finished() || api::ObjectMeta(job).beingDeleted())
        return std::nullopt;
    const char* ending = api::conditionIsTrue(job, "Complete") ? "Complete" : "Failed";
    const auto finished = parseTime(api::condition(job, ending).str("lastTransitionTime"));
    return finished ? std::optional(*finished + std::chrono::seconds(*ttl)) : std::nullopt;
}

} // namespace

TtlAfterFinishedController::TtlAfterFinishedController(const ControllerContext& context)
    : QueueController(context, "ttl-after-finished-controller"), m_jobs(use(resources::jobs))
{
    m_jobs.addHandler({.added = [this](const api::Value& job) { enqueue(job); },
        .updated = [this](const api::Value&, const api::Value& after) { enqueue(after); }});
}

Task<ReconcileResult> TtlAfterFinishedController::reconcile(std::string key)
{
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_jobs.get(name.ns, name.name);
    const auto due = cached ? expiry(*cached) : std::nullopt;
    if (!due)
        co_return ReconcileResult::done();
    if (*due > loop().wallTime())
        co_return ReconcileResult::after(*due - loop().wallTime());
    client::DeleteOptions options;
    options.propagationPolicy = "Foreground";
    options.preconditionUid = api::ObjectMeta(*cached).uid();
    options.preconditionResourceVersion = api::ObjectMeta(*cached).resourceVersion(); // its ttl may have been raised meanwhile
    auto removed = co_await client().remove(resources::jobs, name.ns, name.name, options);
    if (!removed)
        co_return afterFailure("ttlafterfinished", key, removed.error());
    co_return ReconcileResult::done();
}

} // namespace kates::controllers
