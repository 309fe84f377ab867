#include "engine/controllers/cronjob/cron_job_controller.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/base/time.h"
#include "engine/controllers/common/ownership.h"
#include "engine/controllers/common/resources.h"
#include "engine/controllers/job/job_view.h"

namespace kates::controllers {

using client::ReconcileResult;

namespace {

constexpr std::string_view kKind = "CronJob";
constexpr std::string_view kScheduledTimestamp = "batch.kubernetes.io/cronjob-scheduled-timestamp";

std::string jobName(const api::Value& cronJob, WallTime scheduled)
{
    const auto minutes = std::chrono::floor<std::chrono::minutes>(scheduled).time_since_epoch().count();
    return fmt::format("{}-{}", api::ObjectMeta(cronJob).name(), minutes);
}

api::Value makeJob(const api::Value& cronJob, WallTime scheduled)
{
    const api::Value& jobTemplate = cronJob.get("spec", "jobTemplate");
    api::Value metadata = api::Value::object({{"name", jobName(cronJob, scheduled)}, {"namespace", api::ObjectMeta(cronJob).ns()}});
    for (const std::string_view copied : {"labels", "annotations"}) {
        if (const api::Value& value = jobTemplate.get("metadata", copied); !value.isEmpty())
            metadata.set(copied, value);
    }
    metadata.edit("annotations").set(kScheduledTimestamp, formatTime(scheduled));
    metadata.set("ownerReferences", api::Value::array({api::controllerReference(cronJob)}));
    return api::Value::object({{"apiVersion", "batch/v1"}, {"kind", "Job"}, {"metadata", std::move(metadata)}, {"spec", jobTemplate.get("spec")}});
}

// From when on a start may have been missed.
WallTime searchFrom(const api::Value& cronJob, WallTime now)
{
    WallTime from
        = parseTime(cronJob.str("status", "lastScheduleTime")).value_or(parseTime(api::ObjectMeta(cronJob).creationTimestamp()).value_or(now));
    if (const api::Value& deadline = cronJob.get("spec", "startingDeadlineSeconds"); deadline.isNumber())
        from = std::max(from, now - std::chrono::seconds(deadline.asInt()));
    return from;
}

// status.active and lastSuccessfulTime, as the jobs say.
void observe(api::Value& cronJob, const std::vector<api::Value>& jobs)
{
    api::Value active = api::Value::array();
    std::string lastSuccess(cronJob.str("status", "lastSuccessfulTime"));
    for (const auto& job : jobs) {
        if (!JobView(job).finished())
            active.push(client::objectReference(job));
        else if (api::conditionIsTrue(job, "Complete"))
            lastSuccess = std::max(lastSuccess, std::string(job.str("status", "completionTime")));
    }
    api::Value& status = cronJob.edit("status");
    if (status.isNull())
        status = api::Value::object();
    // References carry a resourceVersion, which would be a write for every change of a job.
    for (std::size_t i = 0; i < active.size(); ++i)
        active.editAt(i).erase("resourceVersion");
    if (active.size())
        status.set("active", std::move(active));
    else
        status.erase("active");
    if (!lastSuccess.empty())
        status.set("lastSuccessfulTime", lastSuccess);
}

} // namespace

CronJobController::CronJobController(const ControllerContext& context)
    : QueueController(context, "cronjob-controller"), m_cronJobs(use(resources::cronJobs)), m_jobs(use(resources::jobs))
{
    addOwnershipIndexes(m_jobs);
    enqueueChangesOf(m_cronJobs);
    auto jobChanged = [this](const api::Value& job) {
        if (const api::Value* owner = controllerOf(m_cronJobs, kKind, job))
            enqueue(*owner);
    };
    m_jobs.addHandler(
        {.added = jobChanged, .updated = [jobChanged](const api::Value&, const api::Value& after) { jobChanged(after); }, .deleted = jobChanged});
}

Task<ReconcileResult> CronJobController::reconcile(std::string key)
{
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_cronJobs.get(name.ns, name.name);
    if (!cached || api::ObjectMeta(*cached).beingDeleted())
        co_return ReconcileResult::done();
    const api::Value stored = *cached;
    api::Value cronJob = stored;
    std::vector<api::Value> jobs = ownedBy(m_jobs, api::ObjectMeta(stored).uid());
    auto synced = co_await sync(key, cronJob, std::move(jobs));
    auto written = co_await writeStatus(stored, cronJob);
    if (!synced)
        co_return afterFailure("cronjob", key, synced.error());
    if (!written)
        co_return afterFailure("cronjob", key, written.error());
    co_return ReconcileResult::done();
}

std::optional<CronSchedule> CronJobController::scheduleOf(const api::Value& cronJob)
{
    const std::string zone(cronJob.str("spec", "timeZone"));
    if (!zone.empty() && zone != "UTC" && zone != "Etc/UTC") {
        m_events.warning(cronJob, "UnknownTimeZone", fmt::format("unknown time zone \"{}\": schedules are in UTC here", zone));
        return std::nullopt;
    }
    auto schedule = CronSchedule::parse(cronJob.str("spec", "schedule"));
    if (schedule)
        return *schedule;
    m_events.warning(cronJob, "UnparseableSchedule", "unparseable schedule: " + schedule.error().message);
    return std::nullopt;
}

Task<CronJobController::Written> CronJobController::sync(std::string key, api::Value& cronJob, std::vector<api::Value> jobs)
{
    observe(cronJob, jobs);
    auto trimmed = co_await trimHistory(cronJob, jobs);
    if (!trimmed)
        co_return trimmed;
    if (cronJob.get("spec", "suspend").asBool())
        co_return Written();
    const auto schedule = scheduleOf(cronJob);
    if (!schedule)
        co_return Written(); // a change of the spec brings us back
    const WallTime now = loop().wallTime();
    if (const auto next = schedule->next(now))
        m_queue.addAfter(key, *next - now);
    const auto scheduled = schedule->last(searchFrom(cronJob, now), now);
    if (!scheduled)
        co_return Written();
    std::erase_if(jobs, [](const api::Value& job) { return JobView(job).finished(); });
    co_return co_await start(cronJob, std::move(jobs), *scheduled);
}

Task<CronJobController::Written> CronJobController::start(api::Value& cronJob, std::vector<api::Value> active, WallTime scheduled)
{
    const std::string_view policy = cronJob.str("spec", "concurrencyPolicy");
    if (policy == "Forbid" && !active.empty()) {
        m_events.normal(cronJob, "JobAlreadyActive", "Not starting job because prior execution is running and concurrency policy is Forbid");
        co_return Written(); // the end of that one brings us back
    }
    if (policy == "Replace") {
        for (const auto& job : active) {
            auto removed = co_await remove(job);
            if (!removed)
                co_return removed;
            m_events.normal(cronJob, "SuccessfulDelete", "Deleted job " + std::string(api::ObjectMeta(job).name()));
        }
        cronJob.edit("status").erase("active");
    }
    co_return co_await create(cronJob, scheduled);
}

Task<CronJobController::Written> CronJobController::create(api::Value& cronJob, WallTime scheduled)
{
    api::Value wanted = makeJob(cronJob, scheduled);
    const std::string ns(api::ObjectMeta(wanted).ns()), name(api::ObjectMeta(wanted).name());
    auto created = co_await client().create(resources::jobs, ns, std::move(wanted));
    if (!created && namespaceTerminating(created.error()))
        co_return Written();
    if (!created && !created.error().isAlreadyExists()) { // its name says for which time it is: then it was started already
        m_events.warning(cronJob, "FailedCreate", "Error creating job: " + created.error().message);
        co_return api::ApiFailure(created.error());
    }
    if (created) {
        m_events.normal(cronJob, "SuccessfulCreate", "Created job " + name);
        api::Value reference = client::objectReference(*created);
        reference.erase("resourceVersion");
        cronJob.edit("status", "active").push(std::move(reference));
    }
    cronJob.edit("status").set("lastScheduleTime", formatTime(scheduled));
    co_return Written();
}

Task<CronJobController::Written> CronJobController::trimHistory(api::Value cronJob, std::vector<api::Value> jobs)
{
    std::sort(jobs.begin(), jobs.end(), [](const api::Value& a, const api::Value& b) {
        return std::pair(a.str("status", "startTime"), api::ObjectMeta(a).name())
            < std::pair(b.str("status", "startTime"), api::ObjectMeta(b).name());
    });
    const std::pair<const char*, std::int64_t> limits[] = {{"Complete", cronJob.get("spec", "successfulJobsHistoryLimit").asInt(3)},
        {"Failed", cronJob.get("spec", "failedJobsHistoryLimit").asInt(1)}};
    for (const auto& [ending, limit] : limits) {
        std::vector<api::Value> ended;
        for (const auto& job : jobs) {
            if (api::conditionIsTrue(job, ending) && !api::ObjectMeta(job).beingDeleted())
                ended.push_back(job);
        }
        const std::int64_t excess = static_cast<std::int64_t>(ended.size()) - limit;
        for (std::int64_t i = 0; i < excess; ++i) {
            auto removed = co_await remove(ended[i]);
            if (!removed)
                co_return removed;
        }
    }
    co_return Written();
}

Task<CronJobController::Written> CronJobController::remove(api::Value job)
{
    const std::string ns(api::ObjectMeta(job).ns()), name(api::ObjectMeta(job).name());
    client::DeleteOptions options;
    options.propagationPolicy = "Background";
    options.preconditionUid = api::ObjectMeta(job).uid();
    auto removed = co_await client().remove(resources::jobs, ns, name, options);
    if (!removed && !removed.error().isNotFound())
        co_return api::ApiFailure(removed.error());
    co_return Written();
}

Task<CronJobController::Written> CronJobController::writeStatus(api::Value stored, api::Value cronJob)
{
    if (cronJob.get("status") == stored.get("status") || (cronJob.get("status").size() == 0 && stored.get("status").size() == 0))
        co_return Written();
    const std::string ns(api::ObjectMeta(stored).ns()), name(api::ObjectMeta(stored).name());
    client::WriteOptions options;
    options.subresource = "status";
    auto written = co_await client().update(resources::cronJobs, ns, name, std::move(cronJob), options);
    if (!written)
        co_return api::ApiFailure(written.error());
    co_return Written();
}

} // namespace kates::controllers
