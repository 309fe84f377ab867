#include "engine/controllers/job/job_counts.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "engine/base/time.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/job/job_indexes.h"
#include "engine/controllers/job/pod_failure_policy.h"

namespace kates::controllers {

namespace {

std::set<std::string> notes(const api::Value& status, std::string_view list)
{
    std::set<std::string> uids;
    for (const auto& uid : status.get("uncountedTerminatedPods", list))
        uids.emplace(uid.asString());
    return uids;
}

api::Value toArray(const std::set<std::string>& uids)
{
    api::Value array = api::Value::array();
    for (const auto& uid : uids)
        array.push(uid);
    return array;
}

// When the pod's last container ended.
std::optional<WallTime> endOf(const api::Value& pod)
{
    std::optional<WallTime> last;
    for (const auto& status : pod.get("status", "containerStatuses")) {
        const auto end = parseTime(status.str("state", "terminated", "finishedAt"));
        if (end && (!last || *last < *end))
            last = end;
    }
    return last ? last : parseTime(api::ObjectMeta(pod).deletionTimestamp());
}

class Counting {
public:
    Counting(const api::Value& job, const std::vector<api::Value>& pods)
        : m_job(job)
        , m_pods(pods)
        , m_succeeded(notes(job.get("status"), "succeeded"))
        , m_failed(notes(job.get("status"), "failed"))
        , m_indexes(parseIndexes(job.str("status", "completedIndexes")))
    {
        m_counts.status = job.get("status").isObject() ? job.get("status") : api::Value::object();
    }

    JobCounts run()
    {
        std::map<std::string, const api::Value*> byUid;
        for (const auto& pod : m_pods)
            byUid[std::string(api::ObjectMeta(pod).uid())] = &pod;
        settle(m_succeeded, "succeeded", byUid);
        settle(m_failed, "failed", byUid);
        for (const auto& pod : m_pods)
            note(pod);
        writeNotes();
        m_counts.succeeded = m_counts.status.get("succeeded").asInt() + static_cast<std::int64_t>(m_succeeded.size());
        m_counts.failed = m_counts.status.get("failed").asInt() + static_cast<std::int64_t>(m_failed.size());
        return std::move(m_counts);
    }

private:
    // Noted pods whose finalizer is gone move to the counter.
    void settle(std::set<std::string>& noted, std::string_view counter, const std::map<std::string, const api::Value*>& byUid)
    {
        std::int64_t moved = 0;
        std::erase_if(noted, [&](const std::string& uid) {
            auto pod = byUid.find(uid);
            const bool gone = pod == byUid.end() || !tracked(*pod->second);
            moved += gone;
            if (!gone)
                m_counts.release.push_back(*pod->second);
            return gone;
        });
        if (moved)
            m_counts.status.set(counter, m_counts.status.get(counter).asInt() + moved);
    }

    void note(const api::Value& pod)
    {
        const std::string uid(api::ObjectMeta(pod).uid());
        const bool deleting = api::ObjectMeta(pod).beingDeleted();
        const bool succeeded = pod.str("status", "phase") == "Succeeded";
        const bool failed = pod.str("status", "phase") == "Failed" || (deleting && !succeeded && !JobView(m_job).replacesOnlyFailed());
        if (!succeeded && !podTerminal(pod))
            (deleting ? m_counts.terminating : m_counts.active).push_back(pod);
        if (failed && (!m_counts.lastFailure || m_counts.lastFailure < endOf(pod)))
            m_counts.lastFailure = endOf(pod);
        if (!tracked(pod) || m_succeeded.contains(uid) || m_failed.contains(uid) || (!succeeded && !failed))
            return;
        m_counts.release.push_back(pod);
        if (succeeded)
            noteSuccess(pod, uid);
        else
            noteFailure(pod, uid);
    }

    void noteSuccess(const api::Value& pod, const std::string& uid)
    {
        if (JobView(m_job).indexed()) {
            const auto index = completionIndex(pod);
            if (!index || *index >= JobView(m_job).completions().value_or(0) || !m_indexes.insert(*index).second)
                return; // an index completes once
        }
        m_succeeded.insert(uid);
    }

    void noteFailure(const api::Value& pod, const std::string& uid)
    {
        const FailureVerdict verdict = judgeFailure(m_job.get("spec", "podFailurePolicy"), pod);
        if (verdict.action == FailureVerdict::Action::Ignore)
            return;
        if (verdict.action == FailureVerdict::Action::FailJob && m_counts.failJob.empty())
            m_counts.failJob = verdict.message;
        m_failed.insert(uid);
    }

    void writeNotes()
    {
        api::Value noted;
        if (!m_succeeded.empty())
            noted.set("succeeded", toArray(m_succeeded));
        if (!m_failed.empty())
            noted.set("failed", toArray(m_failed));
        if (noted.isNull())
            m_counts.status.erase("uncountedTerminatedPods");
        else
            m_counts.status.set("uncountedTerminatedPods", std::move(noted));
        if (!m_indexes.empty())
            m_counts.status.set("completedIndexes", formatIndexes(m_indexes));
    }

    const api::Value& m_job;
    const std::vector<api::Value>& m_pods;
    std::set<std::string> m_succeeded, m_failed; // uids
    std::set<int> m_indexes;
    JobCounts m_counts;
};

} // namespace

JobCounts countPods(const api::Value& job, const std::vector<api::Value>& pods)
{
    return Counting(job, pods).run();
}

bool tracked(const api::Value& pod)
{
    const api::Value& finalizers = api::ObjectMeta(pod).finalizers();
    return std::find(finalizers.begin(), finalizers.end(), api::Value(kJobFinalizer)) != finalizers.end();
}

std::optional<int> completionIndex(const api::Value& pod)
{
    const std::string_view text = api::ObjectMeta(pod).annotation(kCompletionIndex);
    int index = -1;
    std::from_chars(text.data(), text.data() + text.size(), index);
    return index >= 0 ? std::optional(index) : std::nullopt;
}

} // namespace kates::controllers
