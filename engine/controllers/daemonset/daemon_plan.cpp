#include "engine/controllers/daemonset/daemon_plan.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/controllers/common/controller_revisions.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/deployment/deployment_view.h"

namespace kates::controllers {

namespace {

const std::vector<api::Value>& podsOn(const DaemonState& state, std::string_view node)
{
    static const std::vector<api::Value> kNone;
    auto found = state.podsByNode.find(std::string(node));
    return found == state.podsByNode.end() ? kNone : found->second;
}

bool available(const DaemonState& state, const api::Value& pod)
{
    return podAvailable(pod, state.daemonSet.get("spec", "minReadySeconds").asInt(), state.now);
}

bool updated(const DaemonState& state, const api::Value& pod)
{
    return api::ObjectMeta(pod).label(kRevisionHashLabel) == state.revisionHash;
}

bool going(const api::Value& pod)
{
    return api::ObjectMeta(pod).beingDeleted();
}

// Surge: both a pod of the old and one of the new revision may stand on a node, until the new one is available.
struct UpdateLimits {
    std::int64_t surge = 0, unavailable = 0;
};

UpdateLimits limitsOf(const DaemonState& state)
{
    std::int64_t desired = 0;
    for (const auto& node : state.nodes)
        desired += daemonVerdict(state.daemonSet, node).shouldRun;
    const api::Value& rolling = state.daemonSet.get("spec", "updateStrategy", "rollingUpdate");
    UpdateLimits limits;
    limits.surge = scaledValue(rolling.get("maxSurge"), desired, true, "0");
    limits.unavailable = scaledValue(rolling.get("maxUnavailable"), desired, true, limits.surge > 0 ? "0" : "1");
    if (limits.surge == 0)
        limits.unavailable = std::max<std::int64_t>(1, limits.unavailable);
    return limits;
}

// Of several that run on one node only the oldest stays; under surge the oldest of either revision, until the new one is available.
void removeSurplus(const DaemonState& state, const std::vector<api::Value>& runningPods, bool surges, DaemonPlan& plan)
{
    bool keptOld = false, keptNew = false;
    for (const auto& pod : runningPods) {
        bool& kept = surges && updated(state, pod) ? keptNew : keptOld;
        if (kept)
            plan.remove.push_back(pod);
        kept = true;
    }
}

void planNode(const DaemonState& state, const api::Value& node, bool surges, DaemonPlan& plan)
{
    const NodeVerdict verdict = daemonVerdict(state.daemonSet, node);
    const auto& pods = podsOn(state, node.str("metadata", "name"));
    if (pods.empty()) {
        if (verdict.shouldRun)
            plan.createOn.emplace_back(node.str("metadata", "name"));
        return;
    }
    std::vector<api::Value> runningPods;
    for (const auto& pod : pods) {
        if (going(pod))
            continue;
        if (!verdict.mayStay)
            plan.remove.push_back(pod);
        else if (podTerminal(pod))
            plan.failed.push_back(pod);
        else
            runningPods.push_back(pod);
    }
    removeSurplus(state, runningPods, surges, plan);
}

// The pods of one node by revision, as a rolling update looks at them.
struct NodePods {
    const api::Value* oldPod = nullptr;
    const api::Value* newPod = nullptr;
};

NodePods byRevision(const DaemonState& state, const std::vector<api::Value>& pods)
{
    NodePods result;
    for (const auto& pod : pods) {
        if (!going(pod))
            (updated(state, pod) ? result.newPod : result.oldPod) = &pod;
    }
    return result;
}

DaemonPlan planReplacing(const DaemonState& state, std::int64_t maxUnavailable)
{
    DaemonPlan plan;
    std::vector<api::Value> candidates;
    std::int64_t unavailable = 0;
    for (const auto& node : state.nodes) {
        if (!daemonVerdict(state.daemonSet, node).shouldRun)
            continue;
        const NodePods pods = byRevision(state, podsOn(state, node.str("metadata", "name")));
        const api::Value* pod = pods.newPod ? pods.newPod : pods.oldPod;
        const bool serves = pod && available(state, *pod);
        unavailable += !serves;
        if (pods.newPod || !pods.oldPod)
            continue;
        if (serves)
            candidates.push_back(*pods.oldPod);
        else
            plan.remove.push_back(*pods.oldPod); // it costs nothing
    }
    const auto allowed = static_cast<std::size_t>(std::max<std::int64_t>(0, maxUnavailable - unavailable));
    candidates.resize(std::min(candidates.size(), allowed));
    std::move(candidates.begin(), candidates.end(), std::back_inserter(plan.remove));
    return plan;
}

DaemonPlan planSurging(const DaemonState& state, std::int64_t maxSurge)
{
    DaemonPlan plan;
    std::vector<std::string> candidates;
    std::int64_t surging = 0;
    for (const auto& node : state.nodes) {
        if (!daemonVerdict(state.daemonSet, node).shouldRun)
            continue;
        const std::string name(node.str("metadata", "name"));
        const NodePods pods = byRevision(state, podsOn(state, name));
        if (pods.newPod && pods.oldPod) {
            if (available(state, *pods.newPod) || !available(state, *pods.oldPod))
                plan.remove.push_back(*pods.oldPod);
            else
                ++surging;
        } else if (pods.oldPod) {
            (available(state, *pods.oldPod) ? candidates : plan.createOn).push_back(name);
        }
    }
    const auto allowed = static_cast<std::size_t>(std::max<std::int64_t>(0, maxSurge - surging));
    candidates.resize(std::min(candidates.size(), allowed));
    std::move(candidates.begin(), candidates.end(), std::back_inserter(plan.createOn));
    return plan;
}

} // namespace

DaemonPlan planDaemonPods(const DaemonState& state)
{
    DaemonPlan plan;
    const bool surges = limitsOf(state).surge > 0;
    for (const auto& node : state.nodes)
        planNode(state, node, surges, plan);
    // Pods that wait for a node that is gone.
    for (const auto& [name, pods] : state.podsByNode) {
        const bool exists
            = std::any_of(state.nodes.begin(), state.nodes.end(), [&](const api::Value& node) { return node.str("metadata", "name") == name; });
        for (const auto& pod : pods) {
            if (!exists && !going(pod) && pod.str("spec", "nodeName").empty())
                plan.remove.push_back(pod);
        }
    }
    return plan;
}

DaemonPlan planDaemonUpdate(const DaemonState& state)
{
    if (state.daemonSet.str("spec", "updateStrategy", "type") == "OnDelete")
        return {};
    const UpdateLimits limits = limitsOf(state);
    return limits.surge > 0 ? planSurging(state, limits.surge) : planReplacing(state, limits.unavailable);
}

api::Value daemonSetStatus(const DaemonState& state)
{
    int desired = 0, current = 0, misscheduled = 0, ready = 0, availableCount = 0, updatedCount = 0;
    for (const auto& node : state.nodes) {
        const auto& pods = podsOn(state, node.str("metadata", "name"));
        if (!daemonVerdict(state.daemonSet, node).shouldRun) {
            misscheduled += !pods.empty();
            continue;
        }
        ++desired;
        if (pods.empty())
            continue;
        ++current;
        // One pod counts for its node: the ready one that is newest, or any.
        const auto counts = std::find_if(pods.rbegin(), pods.rend(), podReady);
        const api::Value& pod = counts == pods.rend() ? pods.front() : *counts;
        ready += podReady(pod);
        availableCount += available(state, pod);
        updatedCount += updated(state, pod);
    }
    api::Value status = state.daemonSet.get("status").isObject() ? state.daemonSet.get("status") : api::Value::object();
    status.set("currentNumberScheduled", current);
    status.set("numberMisscheduled", misscheduled);
    status.set("desiredNumberScheduled", desired);
    status.set("numberReady", ready);
    status.set("observedGeneration", api::ObjectMeta(state.daemonSet).generation());
    const std::pair<std::string_view, int> optional[]
        = {{"updatedNumberScheduled", updatedCount}, {"numberAvailable", availableCount}, {"numberUnavailable", desired - availableCount}};
    for (const auto& [name, count] : optional) {
        if (count)
            status.set(name, count);
        else
            status.erase(name); // omitempty
    }
    return status;
}

} // namespace kates::controllers
