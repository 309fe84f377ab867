#include "engine/controllers/statefulset/stateful_set_controller.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/controllers/common/ownership.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/common/resources.h"

namespace kates::controllers {

using client::ReconcileResult;

namespace {

constexpr std::string_view kKind = "StatefulSet";
constexpr std::int64_t kDefaultHistoryLimit = 10;

// The revision that status.currentRevision names; without one, or when it is gone, the update revision.
api::Value currentRevision(const api::Value& set, const RevisionHistory& history)
{
    for (const auto& revision : history.old) {
        if (api::ObjectMeta(revision).name() == set.str("status", "currentRevision"))
            return revision;
    }
    return history.current;
}

} // namespace

StatefulSetController::StatefulSetController(const ControllerContext& context)
    : QueueController(context, "statefulset-controller")
    , m_sets(use(resources::statefulSets))
    , m_pods(use(resources::pods))
    , m_revisions(use(resources::controllerRevisions))
    , m_claims(use(resources::persistentVolumeClaims))
{
    addOwnershipIndexes(m_pods);
    addOwnershipIndexes(m_revisions);
    enqueueChangesOf(m_sets);
    m_pods.addHandler({.added = [this](const api::Value& pod) { podChanged(pod); },
        .updated =
            [this](const api::Value& before, const api::Value& after) {
                if (api::ObjectMeta(before).controllerRef() != api::ObjectMeta(after).controllerRef())
                    podChanged(before);
                podChanged(after);
            },
        .deleted = [this](const api::Value& pod) { podChanged(pod); }});
}

void StatefulSetController::podChanged(const api::Value& pod)
{
    if (const api::Value* owner = controllerOf(m_sets, kKind, pod)) {
        enqueue(*owner);
        return;
    }
    if (!api::ObjectMeta(pod).controllerRef().isNull())
        return;
    for (const auto& set : m_sets.byNamespace(api::ObjectMeta(pod).ns())) {
        if (ordinalOf(set, pod))
            enqueue(set);
    }
}

Task<ReconcileResult> StatefulSetController::reconcile(std::string key)
{
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_sets.get(name.ns, name.name);
    if (!cached || api::ObjectMeta(*cached).beingDeleted())
        co_return ReconcileResult::done();
    const api::Value stored = *cached;
    api::Value set = stored;
    auto synced = co_await sync(key, set);
    auto written = co_await writeStatus(stored, set);
    if (!synced)
        co_return afterFailure("statefulset", key, synced.error());
    if (!written)
        co_return afterFailure("statefulset", key, written.error());
    co_return ReconcileResult::done();
}

Task<StatefulSetController::Written> StatefulSetController::sync(std::string key, api::Value& set)
{
    auto selector = api::LabelSelector::fromValue(set.get("spec", "selector"));
    if (!selector || selector->selectsEverything())
        co_return Written(); // the API refuses such a selector
    auto history = co_await syncRevisions(client(), set, ownedBy(m_revisions, api::ObjectMeta(set).uid()));
    if (!history)
        co_return api::ApiFailure(history.error());
    std::vector<api::Value> candidates = ownedOrOrphaned(m_pods, set);
    std::erase_if(candidates, [&](const api::Value& pod) { return !ordinalOf(set, pod); });
    const Claim claim{resources::statefulSets, resources::pods};
    Claimed claimed = co_await claimObjects(client(), claim, set, *selector, std::move(candidates));
    if (claimed.error)
        co_return api::ApiFailure(*claimed.error);

    const api::Value before = set, current = currentRevision(set, *history);
    const StatefulState state{before, claimed.objects, api::ObjectMeta(current).name(), api::ObjectMeta(history->current).name(), loop().wallTime()};
    set.set("status", statefulSetStatus(state));
    auto done = co_await carryOut(before, planStatefulSet(state), current, history->current);
    if (!done)
        co_return done;
    if (auto delay = soonestAvailability(claimed.objects, StatefulSetView(before).minReadySeconds(), loop().wallTime()))
        m_queue.addAfter(key, *delay);
    std::set<std::string> inUse{std::string(state.currentRevision)};
    for (const auto& pod : claimed.objects)
        inUse.emplace(api::ObjectMeta(pod).label(kRevisionHashLabel));
    const std::int64_t limit = before.get("spec", "revisionHistoryLimit").asInt(kDefaultHistoryLimit);
    co_return co_await trimRevisions(client(), *history, limit, std::move(inUse));
}

Task<StatefulSetController::Written> StatefulSetController::carryOut(api::Value set, StatefulPlan plan, api::Value current, api::Value update)
{
    for (const auto& creation : plan.create) {
        const api::Value revision = creation.updated ? update : current;
        auto created = co_await createPod(set, revision, creation.ordinal);
        if (!created)
            co_return created;
    }
    for (const auto& pod : plan.remove) {
        auto removed = co_await deletePod(set, pod);
        if (!removed)
            co_return removed;
    }
    co_return Written();
}

Task<StatefulSetController::Written> StatefulSetController::createPod(api::Value set, api::Value revision, std::int64_t ordinal)
{
    auto claimed = co_await createClaims(set, ordinal);
    if (!claimed)
        co_return claimed;
    api::Value pod = statefulPod(set, revision, ordinal);
    const std::string ns(api::ObjectMeta(set).ns()), setName(api::ObjectMeta(set).name()), name(api::ObjectMeta(pod).name());
    auto created = co_await client().create(resources::pods, ns, std::move(pod));
    if (created) {
        m_events.normal(set, "SuccessfulCreate", fmt::format("create Pod {} in StatefulSet {} successful", name, setName));
        co_return Written();
    }
    if (created.error().isAlreadyExists())
        co_return Written(); // the cache is behind, or a stranger has the name until he goes: his end brings us back
    m_events.warning(set, "FailedCreate", fmt::format("create Pod {} in StatefulSet {} failed error: {}", name, setName, created.error().message));
    co_return api::ApiFailure(created.error());
}

Task<StatefulSetController::Written> StatefulSetController::createClaims(api::Value set, std::int64_t ordinal)
{
    for (auto& claim : claimsOf(set, ordinal)) {
        const std::string ns(api::ObjectMeta(claim).ns()), name(api::ObjectMeta(claim).name());
        if (m_claims.get(ns, name))
            continue; // storage outlives its pod
        auto created = co_await client().create(resources::persistentVolumeClaims, ns, std::move(claim));
        if (!created && !created.error().isAlreadyExists())
            co_return api::ApiFailure(created.error());
    }
    co_return Written();
}

Task<StatefulSetController::Written> StatefulSetController::deletePod(api::Value set, api::Value pod)
{
    api::ObjectMeta meta(pod);
    const std::string ns(meta.ns()), name(meta.name()), setName(api::ObjectMeta(set).name());
    client::DeleteOptions options;
    options.preconditionUid = meta.uid();
    auto deleted = co_await client().remove(resources::pods, ns, name, options);
    if (!deleted && !deleted.error().isNotFound())
        co_return api::ApiFailure(deleted.error());
    m_events.normal(set, "SuccessfulDelete", fmt::format("delete Pod {} in StatefulSet {} successful", name, setName));
    co_return Written();
}

Task<StatefulSetController::Written> StatefulSetController::writeStatus(api::Value stored, api::Value set)
{
    if (set.get("status") == stored.get("status"))
        co_return Written();
    const std::string ns(api::ObjectMeta(stored).ns()), name(api::ObjectMeta(stored).name());
    client::WriteOptions options;
    options.subresource = "status";
    auto written = co_await client().update(resources::statefulSets, ns, name, std::move(set), options);
    if (!written)
        co_return api::ApiFailure(written.error());
    co_return Written();
}

} // namespace kates::controllers
