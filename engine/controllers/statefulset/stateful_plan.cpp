#include "engine/controllers/statefulset/stateful_plan.h"

#include <algorithm>
#include <map>

#include "engine/api/meta.h"
#include "engine/controllers/common/controller_revisions.h"
#include "engine/controllers/common/pods.h"

namespace kates::controllers {

namespace {

std::string_view revisionOf(const api::Value& pod)
{
    return api::ObjectMeta(pod).label(kRevisionHashLabel);
}

bool terminating(const api::Value& pod)
{
    return api::ObjectMeta(pod).beingDeleted();
}

class Planning {
public:
    explicit Planning(const StatefulState& state)
        : m_state(state)
        , m_view(state.set)
        , m_first(m_view.firstOrdinal())
        , m_end(m_first + m_view.replicas())
    {
        for (const auto& pod : state.pods) {
            const std::int64_t ordinal = *ordinalOf(state.set, pod);
            (ordinal >= m_first && ordinal < m_end ? m_members : m_condemned)[ordinal] = &pod;
        }
    }

    StatefulPlan run()
    {
        if (!growMembers() || !shrinkCondemned() || !m_view.rollingUpdate())
            return std::move(m_plan);
        updateMembers();
        return std::move(m_plan);
    }

private:
    bool healthy(const api::Value& pod) const { return !terminating(pod) && podAvailable(pod, m_view.minReadySeconds(), m_state.now); }

    // Below the partition, and while an update without one is under way, pods of the current revision come back as such.
    bool updatedAt(std::int64_t ordinal) const { return !m_view.rollingUpdate() || ordinal >= m_first + m_view.partition(); }

    // False: wait for what was planned, or for a pod.
    bool growMembers()
    {
        for (std::int64_t ordinal = m_first; ordinal < m_end; ++ordinal) {
            auto found = m_members.find(ordinal);
            if (found == m_members.end()) {
                m_plan.create.push_back({ordinal, updatedAt(ordinal)});
                if (m_view.ordered())
                    return false;
                continue;
            }
            const api::Value& pod = *found->second;
            if (podTerminal(pod) && !terminating(pod)) {
                m_plan.remove.push_back(pod); // it is made again when it is gone
                if (m_view.ordered())
                    return false;
            } else if (m_view.ordered() && !healthy(pod)) {
                return false;
            }
        }
        return true;
    }

    // The highest ordinal first; under OrderedReady only while everything else is healthy, but a condemned pod that is the unhealthy one may go.
    bool shrinkCondemned()
    {
        for (auto entry = m_condemned.rbegin(); entry != m_condemned.rend(); ++entry) {
            const api::Value& pod = *entry->second;
            if (terminating(pod)) {
                if (m_view.ordered())
                    return false;
                continue;
            }
            if (m_view.ordered() && !healthy(pod) && &pod != firstUnhealthy())
                return false;
            m_plan.remove.push_back(pod);
            if (m_view.ordered())
                return false;
        }
        return true;
    }

    // One pod at a time, from the highest ordinal down to the partition.
    void updateMembers()
    {
        for (std::int64_t ordinal = m_end - 1; ordinal >= m_first + m_view.partition(); --ordinal) {
            auto found = m_members.find(ordinal);
            if (found == m_members.end())
                return;
            const api::Value& pod = *found->second;
            if (revisionOf(pod) != m_state.updateRevision && !terminating(pod)) {
                m_plan.remove.push_back(pod);
                return;
            }
            if (!healthy(pod))
                return;
        }
    }

    const api::Value* firstUnhealthy() const
    {
        for (const auto* pods : {&m_members, &m_condemned}) {
            for (const auto& [ordinal, pod] : *pods) {
                if (!healthy(*pod))
                    return pod;
            }
        }
        return nullptr;
    }

    const StatefulState& m_state;
    StatefulSetView m_view;
    std::int64_t m_first, m_end;
    std::map<std::int64_t, const api::Value*> m_members, m_condemned;
    StatefulPlan m_plan;
};

} // namespace

StatefulPlan planStatefulSet(const StatefulState& state)
{
    return Planning(state).run();
}

api::Value statefulSetStatus(const StatefulState& state)
{
    std::int64_t replicas = 0, ready = 0, available = 0, current = 0, updated = 0;
    const StatefulSetView view(state.set);
    for (const auto& pod : state.pods) {
        if (podTerminal(pod))
            continue;
        ++replicas;
        ready += podReady(pod);
        available += podAvailable(pod, view.minReadySeconds(), state.now);
        if (terminating(pod))
            continue;
        current += revisionOf(pod) == state.currentRevision;
        updated += revisionOf(pod) == state.updateRevision;
    }
    api::Value status = state.set.get("status").isObject() ? state.set.get("status") : api::Value::object();
    std::string_view currentRevision = state.currentRevision;
    if (view.rollingUpdate() && updated == replicas && ready == replicas && replicas == view.replicas()) {
        currentRevision = state.updateRevision;
        current = updated;
    }
    status.set("observedGeneration", api::ObjectMeta(state.set).generation());
    status.set("replicas", replicas);
    status.set("availableReplicas", available);
    status.set("currentRevision", currentRevision);
    status.set("updateRevision", state.updateRevision);
    const std::pair<std::string_view, std::int64_t> optional[]
        = {{"readyReplicas", ready}, {"currentReplicas", current}, {"updatedReplicas", updated}};
    for (const auto& [name, count] : optional) {
        if (count)
            status.set(name, count);
        else
            status.erase(name); // omitempty
    }
    if (!status.has("collisionCount"))
        status.set("collisionCount", 0);
    return status;
}

} // namespace kates::controllers
