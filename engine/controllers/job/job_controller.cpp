#include "engine/controllers/job/job_controller.h"

#include <algorithm>

#include "engine/base/time.h"
#include "engine/controllers/common/ownership.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/common/resources.h"
#include "engine/controllers/common/slow_start.h"
#include "engine/controllers/common/when_all.h"
#include "engine/controllers/garbagecollector/object_graph.h"

namespace kates::controllers {

using client::ReconcileResult;

namespace {

constexpr std::string_view kKind = "Job";
constexpr const char* kByJob = "jobOfPod";

std::string jobOf(const api::Value& pod)
{
    api::ObjectMeta meta(pod);
    if (meta.controllerRef().str("kind") != kKind)
        return {};
    return api::ObjectKey{std::string(meta.ns()), std::string(meta.controllerRef().str("name"))}.toString();
}

} // namespace

JobController::JobController(const ControllerContext& context)
    : QueueController(context, "job-controller"), m_jobs(use(resources::jobs)), m_pods(use(resources::pods)), m_expectations(context.loop)
{
    m_pods.addIndex(kByJob, [](const api::Value& pod) {
        std::string job = jobOf(pod);
        return job.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(job)};
    });
    enqueueChangesOf(m_jobs);
    m_pods.addHandler({.added = [this](const api::Value& pod) { podChanged(pod, true); },
        .updated = [this](const api::Value&, const api::Value& after) { podChanged(after, false); },
        .deleted = [this](const api::Value& pod) { podChanged(pod, false); }});
}

void JobController::podChanged(const api::Value& pod, bool added)
{
    std::string key = jobOf(pod);
    if (key.empty())
        return;
    api::ObjectMeta meta(pod);
    if (added)
        m_expectations.creationObserved(key);
    if (meta.beingDeleted() || !m_pods.get(meta.ns(), meta.name()))
        m_expectations.deletionObserved(key, meta.uid());
    m_queue.add(std::move(key));
}

Task<ReconcileResult> JobController::reconcile(std::string key)
{
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_jobs.get(name.ns, name.name);
    const api::Value job = cached ? *cached : api::Value();
    std::vector<api::Value> ofAnotherJob;
    std::vector<api::Value> pods;
    for (auto& pod : m_pods.byIndex(kByJob, key))
        (api::controlledBy(pod, api::ObjectMeta(job).uid()) ? pods : ofAnotherJob).push_back(std::move(pod));
    // Pods of a job that is gone must not be held by our finalizer.
    auto released = co_await releasePods(std::move(ofAnotherJob));
    Written synced;
    if (job.isNull()) {
        m_expectations.forget(key);
    } else if (JobView(job).finished() || api::ObjectMeta(job).beingDeleted()) {
        std::erase_if(pods, [](const api::Value& pod) { return !podTerminal(pod) && !api::ObjectMeta(pod).beingDeleted(); });
        synced = co_await releasePods(std::move(pods));
    } else {
        synced = co_await sync(key, job, std::move(pods));
    }
    if (!released)
        co_return afterFailure("job", key, released.error());
    if (!synced)
        co_return afterFailure("job", key, synced.error());
    co_return ReconcileResult::done();
}

Task<JobController::Written> JobController::sync(std::string key, api::Value job, std::vector<api::Value> pods)
{
    const WallTime now = loop().wallTime();
    const JobCounts counts = countPods(job, pods);
    const auto ending = endingOf(job, counts, now);
    auto active = static_cast<std::int64_t>(counts.active.size());
    std::optional<api::StatusError> error;
    if (m_expectations.satisfied(key)) {
        JobPlan plan;
        if (ending)
            plan.remove = counts.active;
        else
            plan = planJob(job, counts, now);
        if (plan.again)
            m_queue.addAfter(key, *plan.again);
        auto carried = co_await carryOut(key, job, std::move(plan), active);
        if (carried)
            active = *carried;
        else
            error = carried.error();
    }
    api::Value status = jobStatus(job, counts, ending, active, now);
    if (const auto deadline = JobView(job).activeDeadlineSeconds(); deadline && !ending && !JobView(job).suspended())
        m_queue.addAfter(
            key, std::max<Duration>(Duration::zero(), parseTime(status.str("startTime")).value_or(now) + std::chrono::seconds(*deadline) - now));
    auto written = co_await writeStatus(job, std::move(status));
    if (!written)
        co_return written;
    auto released = co_await releasePods(counts.release);
    if (!released)
        co_return released;
    if (error)
        co_return api::ApiFailure(*error);
    co_return Written();
}

Task<api::ApiResult<std::int64_t>> JobController::carryOut(std::string key, api::Value job, JobPlan plan, std::int64_t active)
{
    std::vector<std::string> uids;
    for (const auto& pod : plan.remove)
        uids.emplace_back(api::ObjectMeta(pod).uid());
    if (!plan.create.empty() || !uids.empty())
        m_expectations.expect(key, static_cast<int>(plan.create.size()), uids);
    const std::function<Task<Written>(int)> remove = [&](int index) { return deletePod(key, job, plan.remove[index]); };
    SlowStartResult removed = co_await slowStart(static_cast<int>(plan.remove.size()), remove);
    for (std::size_t i = removed.attempts; i < uids.size(); ++i)
        m_expectations.deletionObserved(key, uids[i]);
    const std::function<Task<Written>(int)> create = [&](int index) { return createPod(key, job, plan.create[index]); };
    SlowStartResult created = co_await slowStart(static_cast<int>(plan.create.size()), create);
    for (std::size_t i = created.attempts; i < plan.create.size(); ++i)
        m_expectations.creationObserved(key);
    if (created.error)
        co_return api::ApiFailure(*created.error);
    if (removed.error)
        co_return api::ApiFailure(*removed.error);
    co_return active + created.successes - removed.successes;
}

Task<JobController::Written> JobController::createPod(std::string key, api::Value job, api::Value pod)
{
    const std::string ns(api::ObjectMeta(job).ns());
    auto created = co_await client().create(resources::pods, ns, std::move(pod));
    if (created) {
        m_events.normal(job, "SuccessfulCreate", "Created pod: " + std::string(api::ObjectMeta(*created).name()));
        co_return Written();
    }
    m_expectations.creationObserved(key); // it will not come
    if (namespaceTerminating(created.error()))
        co_return api::ApiResult<void>();
    m_events.warning(job, "FailedCreate", "Error creating: " + created.error().message);
    co_return api::ApiFailure(created.error());
}

Task<JobController::Written> JobController::deletePod(std::string key, api::Value job, api::Value pod)
{
    api::ObjectMeta meta(pod);
    const std::string ns(meta.ns()), name(meta.name());
    client::DeleteOptions options;
    options.preconditionUid = meta.uid();
    auto deleted = co_await client().remove(resources::pods, ns, name, options);
    if (deleted) {
        m_events.normal(job, "SuccessfulDelete", "Deleted pod: " + name);
        co_return Written();
    }
    m_expectations.deletionObserved(key, meta.uid()); // it will not be seen
    if (deleted.error().isNotFound())
        co_return Written();
    co_return api::ApiFailure(deleted.error());
}

Task<JobController::Written> JobController::writeStatus(api::Value job, api::Value status)
{
    if (status == job.get("status"))
        co_return Written();
    const std::string ns(api::ObjectMeta(job).ns()), name(api::ObjectMeta(job).name());
    api::Value changed = job;
    changed.set("status", std::move(status));
    client::WriteOptions options;
    options.subresource = "status";
    auto written = co_await client().update(resources::jobs, ns, name, std::move(changed), options);
    if (!written)
        co_return api::ApiFailure(written.error());
    tell(job, *written);
    co_return Written();
}

// Events for what the new status says and the old did not.
void JobController::tell(const api::Value& before, const api::Value& after)
{
    auto turned = [&](std::string_view type, std::string_view status) {
        return api::condition(after, type).str("status") == status && api::condition(before, type).str("status") != status;
    };
    if (turned("Complete", "True"))
        m_events.normal(after, "Completed", "Job completed");
    if (turned("FailureTarget", "True")) {
        const api::Value& condition = api::condition(after, "FailureTarget");
        m_events.warning(after, condition.str("reason"), std::string(condition.str("message")));
    }
    if (turned("Suspended", "True"))
        m_events.normal(after, "Suspended", "Job suspended");
    if (turned("Suspended", "False"))
        m_events.normal(after, "Resumed", "Job resumed");
}

Task<JobController::Written> JobController::releasePods(std::vector<api::Value> pods)
{
    std::vector<Task<Written>> tasks;
    for (const auto& pod : pods) {
        if (tracked(pod))
            tasks.push_back(releasePod(pod));
    }
    auto results = co_await whenAll(std::move(tasks));
    for (auto& result : results) {
        if (!result)
            co_return result;
    }
    co_return Written();
}

Task<JobController::Written> JobController::releasePod(api::Value pod)
{
    const std::string ns(api::ObjectMeta(pod).ns()), name(api::ObjectMeta(pod).name());
    api::Value freed = withoutFinalizer(std::move(pod), kJobFinalizer);
    auto written = co_await client().update(resources::pods, ns, name, std::move(freed));
    if (!written && !written.error().isNotFound())
        co_return api::ApiFailure(written.error());
    co_return Written();
}

} // namespace kates::controllers
