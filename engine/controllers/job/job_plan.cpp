#include "engine/controllers/job/job_plan.h"

#include <algorithm>
#include <set>

#include "engine/base/time.h"
#include "engine/controllers/common/conditions.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/job/job_indexes.h"
#include "engine/controllers/replicaset/pod_ranking.h"

namespace kates::controllers {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kPodsPerStep = 500;
constexpr Duration kFailureBackoff = 10s, kFailureBackoffMax = 10min;

bool succeededEnough(const JobView& view, const JobCounts& counts)
{
    if (view.completions())
        return counts.succeeded >= *view.completions();
    return counts.succeeded > 0 && counts.active.empty();
}

// With restartPolicy OnFailure the kubelet restarts: restarts count as failures.
bool restartedTooOften(const api::Value& job, const JobCounts& counts)
{
    if (job.str("spec", "template", "spec", "restartPolicy") != "OnFailure")
        return false;
    std::int64_t restarts = 0;
    for (const auto& pod : counts.active) {
        for (const std::string_view list : {"containerStatuses", "initContainerStatuses"}) {
            for (const auto& status : pod.get("status", list))
                restarts += status.get("restartCount").asInt();
        }
    }
    const std::int64_t limit = JobView(job).backoffLimit();
    return limit == 0 ? restarts > 0 : restarts >= limit;
}

bool pastDeadline(const api::Value& job, WallTime now)
{
    const auto deadline = JobView(job).activeDeadlineSeconds();
    const auto start = parseTime(job.str("status", "startTime"));
    return deadline && start && !JobView(job).suspended() && *start + std::chrono::seconds(*deadline) <= now;
}

std::optional<JobEnding> decidedBefore(const api::Value& job)
{
    for (const auto& [type, success] : {std::pair("FailureTarget", false), std::pair("SuccessCriteriaMet", true)}) {
        if (const api::Value& condition = api::condition(job, type); condition.str("status") == "True")
            return JobEnding{success, std::string(condition.str("reason")), std::string(condition.str("message"))};
    }
    return std::nullopt;
}

// The lowest indexes that are neither complete nor worked on.
std::vector<int> freeIndexes(const api::Value& job, const JobCounts& counts, std::size_t count)
{
    std::set<int> taken = parseIndexes(counts.status.str("completedIndexes"));
    for (const auto* pods : {&counts.active, &counts.terminating}) {
        for (const auto& pod : *pods) {
            if (const auto index = completionIndex(pod); index && (pods == &counts.active || JobView(job).replacesOnlyFailed()))
                taken.insert(*index);
        }
    }
    std::vector<int> free;
    const auto completions = JobView(job).completions().value_or(0);
    for (int index = 0; index < completions && free.size() < count; ++index) {
        if (!taken.contains(index))
            free.push_back(index);
    }
    return free;
}

void addIndexVariable(api::Value& containers)
{
    const api::Value source
        = api::Value::object({{"fieldRef", api::Value::object({{"fieldPath", "metadata.annotations['batch.kubernetes.io/job-completion-index']"}})}});
    for (std::size_t i = 0; i < containers.size(); ++i) {
        api::Value& env = containers.editAt(i).edit("env");
        const bool given
            = std::any_of(env.begin(), env.end(), [](const api::Value& variable) { return variable.str("name") == "JOB_COMPLETION_INDEX"; });
        if (!given)
            env.push(api::Value::object({{"name", "JOB_COMPLETION_INDEX"}, {"valueFrom", source}}));
    }
}

api::Value makePod(const api::Value& job, std::optional<int> index)
{
    api::Value pod = podFromTemplate(job.get("spec", "template"), job);
    pod.edit("metadata", "finalizers").push(kJobFinalizer);
    if (!index)
        return pod;
    const std::string text = std::to_string(*index), name(api::ObjectMeta(job).name());
    pod.edit("metadata").set("generateName", name + "-" + text + "-");
    pod.edit("metadata", "annotations").set(kCompletionIndex, text);
    pod.edit("metadata", "labels").set(kCompletionIndex, text);
    pod.edit("spec").set("hostname", name + "-" + text);
    for (const std::string_view list : {"containers", "initContainers"}) {
        if (pod.get("spec", list).size() > 0)
            addIndexVariable(pod.edit("spec").edit(list));
    }
    return pod;
}

std::optional<Duration> backoffLeft(const JobCounts& counts, WallTime now)
{
    if (counts.failed == 0 || !counts.lastFailure)
        return std::nullopt;
    const Duration delay
        = std::min<Duration>(kFailureBackoffMax, kFailureBackoff * (std::int64_t(1) << std::min<std::int64_t>(counts.failed - 1, 10)));
    const Duration left = *counts.lastFailure + std::chrono::duration_cast<WallTime::duration>(delay) - now;
    return left > Duration::zero() ? std::optional(left) : std::nullopt;
}

void setCount(api::Value& status, std::string_view key, std::int64_t count)
{
    if (count)
        status.set(key, count);
    else
        status.erase(key); // omitempty
}

} // namespace

std::optional<JobEnding> endingOf(const api::Value& job, const JobCounts& counts, WallTime now)
{
    if (auto before = decidedBefore(job))
        return before;
    const JobView view(job);
    if (!counts.failJob.empty())
        return JobEnding{false, "PodFailurePolicy", counts.failJob};
    if (counts.failed > view.backoffLimit() || restartedTooOften(job, counts))
        return JobEnding{false, "BackoffLimitExceeded", "Job has reached the specified backoff limit"};
    if (pastDeadline(job, now))
        return JobEnding{false, "DeadlineExceeded", "Job was active longer than specified deadline"};
    if (succeededEnough(view, counts))
        return JobEnding{true, "CompletionsReached", "Reached expected number of succeeded pods"};
    return std::nullopt;
}

JobPlan planJob(const api::Value& job, const JobCounts& counts, WallTime now)
{
    JobPlan plan;
    const JobView view(job);
    if (view.suspended()) {
        plan.remove = counts.active;
        return plan;
    }
    const auto active = static_cast<std::int64_t>(counts.active.size());
    std::int64_t wanted = view.parallelism();
    if (view.completions())
        wanted = std::min(wanted, *view.completions() - counts.succeeded);
    else if (counts.succeeded > 0)
        wanted = std::min(wanted, active); // no new ones once one has succeeded
    const std::int64_t held = view.replacesOnlyFailed() ? static_cast<std::int64_t>(counts.terminating.size()) : 0;
    const std::int64_t missing = std::min(wanted - active - held, kPodsPerStep);
    if (wanted < active)
        plan.remove = podsToDelete(counts.active, static_cast<std::size_t>(active - std::max<std::int64_t>(0, wanted)), {}, now);
    if (missing <= 0)
        return plan;
    plan.again = backoffLeft(counts, now);
    if (plan.again)
        return plan;
    if (view.indexed()) {
        for (const int index : freeIndexes(job, counts, static_cast<std::size_t>(missing)))
            plan.create.push_back(makePod(job, index));
    } else {
        plan.create.assign(static_cast<std::size_t>(missing), makePod(job, std::nullopt));
    }
    return plan;
}

api::Value jobStatus(const api::Value& job, const JobCounts& counts, const std::optional<JobEnding>& ending, std::int64_t active, WallTime now)
{
    const std::string time = formatTime(now);
    api::Value changed = job;
    changed.set("status", counts.status);
    const auto ready = std::count_if(counts.active.begin(), counts.active.end(), podReady);
    setCount(changed.edit("status"), "active", active);
    changed.edit("status").set("ready", static_cast<std::int64_t>(ready));
    changed.edit("status").set("terminating", static_cast<std::int64_t>(counts.terminating.size()));
    const JobView view(job);
    if (view.suspended() && !ending) {
        api::setCondition(changed, "Suspended", true, "JobSuspended", "Job suspended", time);
        changed.edit("status").erase("startTime");
    } else if (api::conditionIsTrue(changed, "Suspended") && !ending) {
        api::setCondition(changed, "Suspended", false, "JobResumed", "Job resumed", time);
    }
    if (!view.suspended() && changed.str("status", "startTime").empty())
        changed.edit("status").set("startTime", time);
    if (!ending)
        return changed.get("status");
    api::setCondition(changed, ending->success ? "SuccessCriteriaMet" : "FailureTarget", true, ending->reason, ending->message, time);
    if (active > 0 || !counts.terminating.empty() || !counts.settled())
        return changed.get("status"); // its pods end first
    api::setCondition(changed, ending->success ? "Complete" : "Failed", true, ending->reason, ending->message, time);
    if (ending->success)
        changed.edit("status").set("completionTime", time);
    return changed.get("status");
}

} // namespace kates::controllers
