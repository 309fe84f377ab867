#include "engine/controllers/deployment/deployment_controller.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/controllers/common/ownership.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/deployment/deployment_status.h"
#include "engine/controllers/deployment/replica_set_template.h"

namespace kates::controllers {

using client::ReconcileResult;
namespace resources = client::resources;

namespace {
constexpr std::string_view kKind = "Deployment";
}

DeploymentController::DeploymentController(const ControllerContext& context)
    : QueueController(context, "deployment-controller")
    , m_deployments(use(resources::deployments))
    , m_replicaSets(use(resources::replicaSets))
    , m_pods(use(resources::pods))
{
    addOwnershipIndexes(m_replicaSets);
    addOwnershipIndexes(m_pods);
    enqueueChangesOf(m_deployments);
    m_replicaSets.addHandler({.added = [this](const api::Value& replicaSet) { replicaSetChanged(replicaSet); },
        .updated =
            [this](const api::Value& before, const api::Value& after) {
                if (api::ObjectMeta(before).controllerRef() != api::ObjectMeta(after).controllerRef())
                    replicaSetChanged(before);
                replicaSetChanged(after);
            },
        .deleted = [this](const api::Value& replicaSet) { replicaSetChanged(replicaSet); }});
    m_pods.addHandler({.deleted = [this](const api::Value& pod) { podDeleted(pod); }});
}

void DeploymentController::replicaSetChanged(const api::Value& replicaSet)
{
    if (const api::Value* owner = controllerOf(m_deployments, kKind, replicaSet)) {
        enqueue(*owner);
        return;
    }
    if (!api::ObjectMeta(replicaSet).controllerRef().isNull())
        return;
    for (const auto& deployment : m_deployments.byNamespace(api::ObjectMeta(replicaSet).ns())) {
        auto selector = api::LabelSelector::fromValue(deployment.get("spec", "selector"));
        if (selector && !selector->selectsEverything() && selector->matches(api::ObjectMeta(replicaSet).labels()))
            enqueue(deployment);
    }
}

// Recreate waits for the last old pod to go.
void DeploymentController::podDeleted(const api::Value& pod)
{
    const api::Value* replicaSet = controllerOf(m_replicaSets, "ReplicaSet", pod);
    const api::Value* deployment = replicaSet ? controllerOf(m_deployments, kKind, *replicaSet) : nullptr;
    if (deployment && !DeploymentView(*deployment).rollingUpdate())
        enqueue(*deployment);
}

Task<ReconcileResult> DeploymentController::reconcile(std::string key)
{
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_deployments.get(name.ns, name.name);
    if (!cached)
        co_return ReconcileResult::done();
    Work work{*cached, *cached, {}};
    auto selector = api::LabelSelector::fromValue(work.deployment.get("spec", "selector"));
    if (!selector || selector->selectsEverything())
        co_return ReconcileResult::done(); // the API refuses such a selector
    const Claim claim{resources::deployments, resources::replicaSets};
    std::vector<api::Value> candidates = ownedOrOrphaned(m_replicaSets, work.deployment);
    Claimed claimed = co_await claimObjects(client(), claim, work.deployment, *selector, std::move(candidates));
    if (claimed.error)
        co_return afterFailure("deployment", key, *claimed.error);
    work.sets = sortReplicaSets(work.deployment, std::move(claimed.objects));
    auto synced = co_await sync(work);
    auto flushed = co_await flush(work); // conditions that say what failed, too
    if (!synced)
        co_return afterFailure("deployment", key, synced.error());
    if (!flushed)
        co_return afterFailure("deployment", key, flushed.error());
    lookAgainAtDeadline(work);
    co_return ReconcileResult::done();
}

Task<DeploymentController::Written> DeploymentController::sync(Work& work)
{
    const WallTime now = loop().wallTime();
    if (api::ObjectMeta(work.deployment).beingDeleted()) {
        work.deployment.set("status", countedStatus(work.deployment, work.sets, now));
        co_return Written();
    }
    if (api::Value status = pausedStatus(work.deployment, now); !status.isNull())
        work.deployment.set("status", std::move(status));
    const DeploymentView view(work.deployment);
    if (view.paused() || sizeChanged(view, work.sets))
        co_return co_await syncSize(work);
    if (view.rollingUpdate())
        co_return co_await rollOutRolling(work);
    co_return co_await rollOutRecreate(work);
}

Task<DeploymentController::Written> DeploymentController::syncSize(Work& work)
{
    auto revised = co_await syncRevision(work, false);
    if (!revised)
        co_return revised;
    auto scaled = co_await carryOut(work, planScale(DeploymentView(work.deployment), work.sets));
    if (!scaled)
        co_return scaled;
    if (DeploymentView(work.deployment).paused()) {
        auto cleaned = co_await cleanUp(work);
        if (!cleaned)
            co_return cleaned;
    }
    work.deployment.set("status", countedStatus(work.deployment, work.sets, loop().wallTime()));
    co_return Written();
}

Task<DeploymentController::Written> DeploymentController::rollOutRolling(Work& work)
{
    auto revised = co_await syncRevision(work, true);
    if (!revised)
        co_return revised;
    ScalingPlan plan = planRollingGrowth(DeploymentView(work.deployment), work.sets);
    if (plan.empty())
        plan = planRollingShrink(DeploymentView(work.deployment), work.sets);
    auto scaled = co_await carryOut(work, std::move(plan));
    if (!scaled)
        co_return scaled;
    co_return co_await finishRollout(work);
}

Task<DeploymentController::Written> DeploymentController::rollOutRecreate(Work& work)
{
    auto revised = co_await syncRevision(work, false);
    if (!revised)
        co_return revised;
    ScalingPlan plan = planRecreateShrink(work.sets);
    if (plan.empty() && !oldPodsRun(work)) {
        auto made = co_await syncRevision(work, true);
        if (!made)
            co_return made;
        plan = planRecreateGrowth(DeploymentView(work.deployment), work.sets);
    }
    auto scaled = co_await carryOut(work, std::move(plan));
    if (!scaled)
        co_return scaled;
    co_return co_await finishRollout(work);
}

bool DeploymentController::oldPodsRun(const Work& work) const
{
    for (const auto& replicaSet : work.sets.old) {
        for (const auto& pod : ownedBy(m_pods, api::ObjectMeta(replicaSet).uid())) {
            if (!podTerminal(pod))
                return true;
        }
    }
    return false;
}

void DeploymentController::tellResize(const api::Value& deployment, const Resize& step)
{
    const ReplicaSetView view(step.replicaSet);
    if (step.replicas == view.replicas())
        return; // only its annotations changed
    const char* direction = step.replicas > view.replicas() ? "up" : "down";
    m_events.normal(deployment, "ScalingReplicaSet",
        fmt::format("Scaled {} replica set {} from {} to {}", direction, view.name(), view.replicas(), step.replicas));
}

Task<DeploymentController::Written> DeploymentController::carryOut(Work& work, ScalingPlan plan)
{
    for (const Resize& step : plan) {
        api::Value changed = withSize(work.deployment, step.replicaSet, step.replicas);
        if (changed.isNull())
            continue;
        const std::string ns(api::ObjectMeta(changed).ns()), name(api::ObjectMeta(changed).name());
        auto written = co_await client().update(resources::replicaSets, ns, name, std::move(changed));
        if (!written)
            co_return api::ApiFailure(written.error());
        tellResize(work.deployment, step);
        if (work.sets.current.str("metadata", "name") == name)
            work.sets.current = *written;
        for (auto& old : work.sets.old) {
            if (old.str("metadata", "name") == name)
                old = *written;
        }
    }
    co_return Written();
}

Task<DeploymentController::Written> DeploymentController::finishRollout(Work& work)
{
    work.deployment.set("status", rolloutStatus(work.deployment, work.sets, loop().wallTime()));
    if (rolloutComplete(work.deployment, work.deployment.get("status")))
        co_return co_await cleanUp(work);
    co_return Written();
}

// Old replica sets past the limit go, the oldest revisions first, but none that still has pods.
Task<DeploymentController::Written> DeploymentController::cleanUp(Work& work)
{
    const DeploymentView view(work.deployment);
    if (!view.hasRevisionHistoryLimit())
        co_return Written();
    std::vector<api::Value> old = work.sets.old;
    std::erase_if(old, [](const api::Value& replicaSet) { return api::ObjectMeta(replicaSet).beingDeleted(); });
    std::stable_sort(
        old.begin(), old.end(), [](const api::Value& a, const api::Value& b) { return ReplicaSetView(a).revision() < ReplicaSetView(b).revision(); });
    const std::int64_t excess = static_cast<std::int64_t>(old.size()) - view.revisionHistoryLimit();
    for (std::int64_t i = 0; i < excess; ++i) {
        const ReplicaSetView candidate(old[i]);
        api::ObjectMeta meta(old[i]);
        if (candidate.replicas() != 0 || candidate.actual() != 0 || meta.generation() > old[i].get("status", "observedGeneration").asInt())
            continue;
        const std::string ns(meta.ns()), name(meta.name());
        client::DeleteOptions options;
        options.preconditionUid = meta.uid();
        auto removed = co_await client().remove(resources::replicaSets, ns, name, options);
        if (!removed && !removed.error().isNotFound())
            co_return api::ApiFailure(removed.error());
    }
    co_return Written();
}

// Writes what changed of the deployment: annotations to the object, the rest to its status.
Task<DeploymentController::Written> DeploymentController::flush(Work& work)
{
    const std::string ns(api::ObjectMeta(work.deployment).ns()), name(api::ObjectMeta(work.deployment).name());
    if (api::ObjectMeta(work.deployment).annotations() != api::ObjectMeta(work.stored).annotations()) {
        auto written = co_await client().update(resources::deployments, ns, name, work.deployment);
        if (!written)
            co_return api::ApiFailure(written.error());
        work.deployment.set("metadata", written->get("metadata"));
        work.stored = std::move(*written);
    }
    if (work.deployment.get("status") == work.stored.get("status"))
        co_return Written();
    client::WriteOptions options;
    options.subresource = "status";
    auto written = co_await client().update(resources::deployments, ns, name, work.deployment, options);
    if (!written)
        co_return api::ApiFailure(written.error());
    work.stored = work.deployment = std::move(*written);
    co_return Written();
}

void DeploymentController::lookAgainAtDeadline(const Work& work)
{
    if (auto delay = progressCheckAfter(work.deployment, work.deployment.get("status"), loop().wallTime()))
        m_queue.addAfter(api::ObjectMeta(work.deployment).key().toString(), *delay);
}

} // namespace kates::controllers
