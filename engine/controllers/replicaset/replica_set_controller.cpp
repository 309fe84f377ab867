#include "engine/controllers/replicaset/replica_set_controller.h"

#include <algorithm>

#include "engine/base/time.h"
#include "engine/controllers/common/ownership.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/common/slow_start.h"
#include "engine/controllers/replicaset/pod_ranking.h"
#include "engine/controllers/replicaset/replica_set_status.h"

namespace kates::controllers {

using client::ReconcileResult;
namespace resources = client::resources;

namespace {

constexpr std::string_view kKind = "ReplicaSet";
constexpr int kBurstReplicas = 500; // created or deleted in one reconciliation

std::string uidOf(const api::Value& object)
{
    return std::string(api::ObjectMeta(object).uid());
}

} // namespace

ReplicaSetController::ReplicaSetController(const ControllerContext& context)
    : QueueController(context, "replicaset-controller")
    , m_replicaSets(use(resources::replicaSets))
    , m_pods(use(resources::pods))
    , m_expectations(context.loop)
{
    addOwnershipIndexes(m_replicaSets);
    addOwnershipIndexes(m_pods);
    enqueueChangesOf(m_replicaSets);
    m_pods.addHandler({.added = [this](const api::Value& pod) { podAdded(pod); },
        .updated = [this](const api::Value& before, const api::Value& after) { podUpdated(before, after); },
        .deleted = [this](const api::Value& pod) { podDeleted(pod); }});
}

void ReplicaSetController::podAdded(const api::Value& pod)
{
    if (api::ObjectMeta(pod).beingDeleted()) {
        podDeleted(pod);
        return;
    }
    if (const api::Value* owner = controllerOf(m_replicaSets, kKind, pod)) {
        m_expectations.creationObserved(api::ObjectMeta(*owner).key().toString());
        enqueue(*owner);
    } else if (api::ObjectMeta(pod).controllerRef().isNull()) {
        enqueueSelecting(pod);
    }
}

void ReplicaSetController::podUpdated(const api::Value& before, const api::Value& after)
{
    if (api::ObjectMeta(after).beingDeleted()) {
        podDeleted(after);
        return;
    }
    const api::Value* oldOwner = controllerOf(m_replicaSets, kKind, before);
    const api::Value* owner = controllerOf(m_replicaSets, kKind, after);
    if (oldOwner && oldOwner != owner)
        enqueue(*oldOwner);
    if (owner)
        enqueue(*owner);
    else if (api::ObjectMeta(after).controllerRef().isNull()
        && (api::ObjectMeta(before).labels() != api::ObjectMeta(after).labels() || !api::ObjectMeta(before).controllerRef().isNull()))
        enqueueSelecting(after);
}

void ReplicaSetController::podDeleted(const api::Value& pod)
{
    const api::Value* owner = controllerOf(m_replicaSets, kKind, pod);
    if (!owner)
        return;
    m_expectations.deletionObserved(api::ObjectMeta(*owner).key().toString(), api::ObjectMeta(pod).uid());
    enqueue(*owner);
}

// An orphan: every replica set that selects it may adopt it.
void ReplicaSetController::enqueueSelecting(const api::Value& pod)
{
    for (const auto& replicaSet : m_replicaSets.byNamespace(api::ObjectMeta(pod).ns())) {
        auto selector = api::LabelSelector::fromValue(replicaSet.get("spec", "selector"));
        if (selector && !selector->selectsEverything() && selector->matches(api::ObjectMeta(pod).labels()))
            enqueue(replicaSet);
    }
}

Task<ReconcileResult> ReplicaSetController::reconcile(std::string key)
{
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_replicaSets.get(name.ns, name.name);
    if (!cached) {
        m_expectations.forget(key);
        co_return ReconcileResult::done();
    }
    const api::Value replicaSet = *cached;
    auto selector = api::LabelSelector::fromValue(replicaSet.get("spec", "selector"));
    if (!selector || selector->selectsEverything())
        co_return ReconcileResult::done(); // the API refuses such a selector

    const bool manages = m_expectations.satisfied(key) && !api::ObjectMeta(replicaSet).beingDeleted();
    std::vector<api::Value> candidates = ownedOrOrphaned(m_pods, replicaSet);
    std::erase_if(candidates, podTerminal);
    const Claim claim{resources::replicaSets, resources::pods};
    Claimed claimed = co_await claimObjects(client(), claim, replicaSet, *selector, std::move(candidates));
    if (claimed.error)
        co_return afterFailure("replicaset", key, *claimed.error);

    std::vector<api::Value> active;
    std::copy_if(claimed.objects.begin(), claimed.objects.end(), std::back_inserter(active), podActive);
    Managed managed;
    if (manages)
        managed = co_await manage(key, replicaSet, active);
    auto written = co_await writeStatus(replicaSet, claimed.objects, managed.failure);
    if (managed.error)
        co_return afterFailure("replicaset", key, *managed.error);
    if (!written)
        co_return afterFailure("replicaset", key, written.error());
    if (auto delay = soonestAvailability(active, replicaSet.get("spec", "minReadySeconds").asInt(), loop().wallTime()))
        m_queue.addAfter(key, *delay);
    co_return ReconcileResult::done();
}

Task<ReplicaSetController::Managed> ReplicaSetController::manage(std::string key, api::Value replicaSet, std::vector<api::Value> active)
{
    const std::int64_t wanted = replicaSet.get("spec", "replicas").asInt(1);
    const std::int64_t missing = std::clamp<std::int64_t>(wanted - static_cast<std::int64_t>(active.size()), -kBurstReplicas, kBurstReplicas);
    if (missing > 0)
        co_return co_await createPods(std::move(key), std::move(replicaSet), static_cast<int>(missing));
    if (missing < 0) {
        const auto byNode = relatedPodsByNode(replicaSet);
        auto chosen = podsToDelete(std::move(active), static_cast<std::size_t>(-missing), byNode, loop().wallTime());
        co_return co_await deletePods(std::move(key), std::move(replicaSet), std::move(chosen));
    }
    co_return Managed();
}

Task<ReplicaSetController::Managed> ReplicaSetController::createPods(std::string key, api::Value replicaSet, int count)
{
    m_expectations.expectCreations(key, count);
    const std::function<Task<api::ApiResult<void>>(int)> createOne = [this, key, replicaSet](int) { return createPod(key, replicaSet); };
    SlowStartResult created = co_await slowStart(count, createOne);
    for (int i = created.attempts; i < count; ++i)
        m_expectations.creationObserved(key); // not tried
    Managed managed;
    if (created.error) {
        managed.failure = std::pair("FailedCreate", created.error->message);
        managed.error = created.error;
    }
    co_return managed;
}

Task<api::ApiResult<void>> ReplicaSetController::createPod(std::string key, api::Value replicaSet)
{
    api::Value pod = podFromTemplate(replicaSet.get("spec", "template"), replicaSet);
    const std::string ns(api::ObjectMeta(replicaSet).ns());
    auto created = co_await client().create(resources::pods, ns, std::move(pod));
    if (!created) {
        m_expectations.creationObserved(key); // it will not come
        if (namespaceTerminating(created.error()))
            co_return api::ApiResult<void>();
        m_events.warning(replicaSet, "FailedCreate", "Error creating: " + created.error().message);
        co_return api::ApiFailure(created.error());
    }
    m_events.normal(replicaSet, "SuccessfulCreate", "Created pod: " + std::string(api::ObjectMeta(*created).name()));
    co_return api::ApiResult<void>();
}

Task<ReplicaSetController::Managed> ReplicaSetController::deletePods(std::string key, api::Value replicaSet, std::vector<api::Value> pods)
{
    std::vector<std::string> uids;
    std::transform(pods.begin(), pods.end(), std::back_inserter(uids), uidOf);
    m_expectations.expectDeletions(key, uids);
    const std::function<Task<api::ApiResult<void>>(int)> deleteOne
        = [this, key, replicaSet, &pods](int index) { return deletePod(key, replicaSet, pods[index]); };
    SlowStartResult deleted = co_await slowStart(static_cast<int>(pods.size()), deleteOne);
    for (std::size_t i = deleted.attempts; i < pods.size(); ++i)
        m_expectations.deletionObserved(key, uids[i]); // not tried
    Managed managed;
    if (deleted.error) {
        managed.failure = std::pair("FailedDelete", deleted.error->message);
        managed.error = deleted.error;
    }
    co_return managed;
}

Task<api::ApiResult<void>> ReplicaSetController::deletePod(std::string key, api::Value replicaSet, api::Value pod)
{
    api::ObjectMeta meta(pod);
    const std::string ns(meta.ns()), name(meta.name());
    client::DeleteOptions options;
    options.preconditionUid = meta.uid();
    auto deleted = co_await client().remove(resources::pods, ns, name, options);
    if (deleted) {
        m_events.normal(replicaSet, "SuccessfulDelete", "Deleted pod: " + name);
        co_return api::ApiResult<void>();
    }
    m_expectations.deletionObserved(key, meta.uid()); // it will not be seen
    if (deleted.error().isNotFound())
        co_return api::ApiResult<void>();
    m_events.warning(replicaSet, "FailedDelete", "Error deleting: " + deleted.error().message);
    co_return api::ApiFailure(deleted.error());
}

Task<api::ApiResult<void>> ReplicaSetController::writeStatus(api::Value replicaSet, std::vector<api::Value> pods, Failure failure)
{
    api::Value status = replicaSetStatus(replicaSet, pods, failure, loop().wallTime());
    if (status == replicaSet.get("status"))
        co_return api::ApiResult<void>();
    const std::string ns(api::ObjectMeta(replicaSet).ns()), name(api::ObjectMeta(replicaSet).name());
    replicaSet.set("status", std::move(status));
    client::WriteOptions options;
    options.subresource = "status";
    auto written = co_await client().update(resources::replicaSets, ns, name, std::move(replicaSet), options);
    if (!written)
        co_return api::ApiFailure(written.error());
    co_return api::ApiResult<void>();
}

// Active pods of all replica sets that the same deployment controls, by node: crowded nodes are thinned out first.
std::unordered_map<std::string, int> ReplicaSetController::relatedPodsByNode(const api::Value& replicaSet) const
{
    std::vector<api::Value> siblings{replicaSet};
    if (const std::string_view deployment = api::ObjectMeta(replicaSet).controllerRef().str("uid"); !deployment.empty())
        siblings = ownedBy(m_replicaSets, deployment);
    std::unordered_map<std::string, int> byNode;
    for (const auto& sibling : siblings) {
        for (const auto& pod : ownedBy(m_pods, api::ObjectMeta(sibling).uid())) {
            if (podActive(pod))
                ++byNode[std::string(pod.str("spec", "nodeName"))];
        }
    }
    return byNode;
}

} // namespace kates::controllers
