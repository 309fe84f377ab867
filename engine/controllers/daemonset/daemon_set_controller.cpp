#include "engine/controllers/daemonset/daemon_set_controller.h"

#include <algorithm>

#include "engine/controllers/common/ownership.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/common/resources.h"
#include "engine/controllers/common/slow_start.h"

namespace kates::controllers {

using namespace std::chrono_literals;
using client::ReconcileResult;

namespace {

constexpr std::string_view kKind = "DaemonSet";
constexpr std::size_t kBurst = 250;
constexpr Duration kFailureBackoff = 1s, kFailureBackoffMax = 15min;
constexpr std::int64_t kDefaultHistoryLimit = 10;

bool olderPod(const api::Value& left, const api::Value& right)
{
    api::ObjectMeta a(left), b(right);
    return std::pair(a.creationTimestamp(), a.name()) < std::pair(b.creationTimestamp(), b.name());
}

} // namespace

DaemonSetController::DaemonSetController(const ControllerContext& context)
    : QueueController(context, "daemonset-controller")
    , m_daemonSets(use(resources::daemonSets))
    , m_pods(use(resources::pods))
    , m_nodes(use(resources::nodes))
    , m_revisions(use(resources::controllerRevisions))
    , m_expectations(context.loop)
{
    addOwnershipIndexes(m_pods);
    addOwnershipIndexes(m_revisions);
    enqueueChangesOf(m_daemonSets);
    m_pods.addHandler({.added = [this](const api::Value& pod) { podChanged(pod, true); },
        .updated = [this](const api::Value&, const api::Value& after) { podChanged(after, false); },
        .deleted = [this](const api::Value& pod) { podChanged(pod, false); }});
    m_nodes.addHandler({.added = [this](const api::Value& node) { nodeChanged({}, node); },
        .updated = [this](const api::Value& before, const api::Value& after) { nodeChanged(before, after); },
        .deleted = [this](const api::Value& node) { nodeChanged(node, {}); }});
}

void DaemonSetController::podChanged(const api::Value& pod, bool added)
{
    const api::Value* owner = controllerOf(m_daemonSets, kKind, pod);
    if (!owner) {
        if (!api::ObjectMeta(pod).controllerRef().isNull())
            return;
        for (const auto& daemonSet : m_daemonSets.byNamespace(api::ObjectMeta(pod).ns())) {
            auto selector = api::LabelSelector::fromValue(daemonSet.get("spec", "selector"));
            if (selector && selector->matches(api::ObjectMeta(pod).labels()))
                enqueue(daemonSet);
        }
        return;
    }
    const std::string key = api::ObjectMeta(*owner).key().toString();
    if (added)
        m_expectations.creationObserved(key);
    if (api::ObjectMeta(pod).beingDeleted() || !m_pods.get(api::ObjectMeta(pod).ns(), api::ObjectMeta(pod).name()))
        m_expectations.deletionObserved(key, api::ObjectMeta(pod).uid());
    m_queue.add(key);
}

// Only what decides where pods belong.
void DaemonSetController::nodeChanged(const api::Value& before, const api::Value& after)
{
    const bool same
        = api::ObjectMeta(before).labels() == api::ObjectMeta(after).labels() && before.get("spec", "taints") == after.get("spec", "taints");
    if (same && before.isNull() == after.isNull())
        return;
    m_daemonSets.forEach([this](const api::Value& daemonSet) { enqueue(daemonSet); });
}

Task<ReconcileResult> DaemonSetController::reconcile(std::string key)
{
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_daemonSets.get(name.ns, name.name);
    if (!cached) {
        m_expectations.forget(key);
        co_return ReconcileResult::done();
    }
    const api::Value stored = *cached;
    if (api::ObjectMeta(stored).beingDeleted())
        co_return ReconcileResult::done();
    api::Value daemonSet = stored;
    auto synced = co_await sync(key, daemonSet);
    auto written = co_await writeStatus(stored, daemonSet);
    if (!synced)
        co_return afterFailure("daemonset", key, synced.error());
    if (!written)
        co_return afterFailure("daemonset", key, written.error());
    co_return ReconcileResult::done();
}

Task<DaemonSetController::Written> DaemonSetController::sync(std::string key, api::Value& daemonSet)
{
    auto history = co_await syncRevisions(client(), daemonSet, ownedBy(m_revisions, api::ObjectMeta(daemonSet).uid()));
    if (!history)
        co_return api::ApiFailure(history.error());
    auto selector = api::LabelSelector::fromValue(daemonSet.get("spec", "selector"));
    if (!selector || selector->selectsEverything())
        co_return Written();
    const Claim claim{resources::daemonSets, resources::pods};
    Claimed claimed = co_await claimObjects(client(), claim, daemonSet, *selector, ownedOrOrphaned(m_pods, daemonSet));
    if (claimed.error)
        co_return api::ApiFailure(*claimed.error);

    std::sort(claimed.objects.begin(), claimed.objects.end(), olderPod);
    std::map<std::string, std::vector<api::Value>> podsByNode;
    for (const auto& pod : claimed.objects)
        podsByNode[daemonPodNode(pod)].push_back(pod);
    const std::vector<api::Value> nodes = m_nodes.byNamespace({});
    const std::string hash(history->currentHash());
    const api::Value before = daemonSet;
    const DaemonState state{before, nodes, podsByNode, hash, loop().wallTime()};
    daemonSet.set("status", daemonSetStatus(state));
    if (m_expectations.satisfied(key)) {
        DaemonPlan plan = planDaemonPods(state);
        addFailed(key, plan);
        if (plan.createOn.empty() && plan.remove.empty())
            plan = planDaemonUpdate(state);
        auto done = co_await carryOut(key, before, hash, std::move(plan));
        if (!done)
            co_return done;
    }
    if (auto delay = soonestAvailability(claimed.objects, before.get("spec", "minReadySeconds").asInt(), loop().wallTime()))
        m_queue.addAfter(key, *delay);
    std::set<std::string> inUse;
    for (const auto& revision : history->old) {
        for (const auto& pod : claimed.objects) {
            if (api::ObjectMeta(pod).label(kRevisionHashLabel) == api::ObjectMeta(revision).label(kRevisionHashLabel))
                inUse.insert(std::string(api::ObjectMeta(revision).name()));
        }
    }
    const std::int64_t limit = before.get("spec", "revisionHistoryLimit").asInt(kDefaultHistoryLimit);
    co_return co_await trimRevisions(client(), *history, limit, std::move(inUse));
}

void DaemonSetController::addFailed(const std::string& key, DaemonPlan& plan)
{
    for (auto& pod : plan.failed) {
        Failures& failures = m_failures[key + "/" + daemonPodNode(pod)];
        if (loop().now() < failures.next) {
            m_queue.addAfter(key, failures.next - loop().now());
            continue;
        }
        const Duration backoff = std::min<Duration>(kFailureBackoffMax, kFailureBackoff * (1 << std::min(failures.count++, 12)));
        failures.next = loop().now() + std::chrono::duration_cast<MonotonicTime::duration>(backoff);
        plan.remove.push_back(std::move(pod));
    }
}

Task<DaemonSetController::Written> DaemonSetController::carryOut(std::string key, api::Value daemonSet, std::string revisionHash, DaemonPlan plan)
{
    plan.createOn.resize(std::min(plan.createOn.size(), kBurst));
    plan.remove.resize(std::min(plan.remove.size(), kBurst));
    std::vector<std::string> uids;
    for (const auto& pod : plan.remove)
        uids.emplace_back(api::ObjectMeta(pod).uid());
    if (!plan.createOn.empty() || !uids.empty())
        m_expectations.expect(key, static_cast<int>(plan.createOn.size()), uids);
    const std::function<Task<Written>(int)> create
        = [&](int index) { return createPod(key, daemonSet, revisionHash, plan.createOn[index]); };
    SlowStartResult created = co_await slowStart(static_cast<int>(plan.createOn.size()), create);
    for (std::size_t i = created.attempts; i < plan.createOn.size(); ++i)
        m_expectations.creationObserved(key);
    const std::function<Task<Written>(int)> remove = [&](int index) { return deletePod(key, daemonSet, plan.remove[index]); };
    SlowStartResult removed = co_await slowStart(static_cast<int>(plan.remove.size()), remove);
    for (std::size_t i = removed.attempts; i < uids.size(); ++i)
        m_expectations.deletionObserved(key, uids[i]);
    if (created.error)
        co_return api::ApiFailure(*created.error);
    if (removed.error)
        co_return api::ApiFailure(*removed.error);
    co_return Written();
}

Task<DaemonSetController::Written> DaemonSetController::createPod(std::string key, api::Value daemonSet, std::string revisionHash, std::string node)
{
    api::Value pod = daemonPod(daemonSet, revisionHash, node);
    const std::string ns(api::ObjectMeta(daemonSet).ns());
    auto created = co_await client().create(resources::pods, ns, std::move(pod));
    if (created) {
        m_events.normal(daemonSet, "SuccessfulCreate", "Created pod: " + std::string(api::ObjectMeta(*created).name()));
        co_return Written();
    }
    m_expectations.creationObserved(key); // it will not come
    if (namespaceTerminating(created.error()))
        co_return api::ApiResult<void>();
    m_events.warning(daemonSet, "FailedCreate", "Error creating: " + created.error().message);
    co_return api::ApiFailure(created.error());
}

Task<DaemonSetController::Written> DaemonSetController::deletePod(std::string key, api::Value daemonSet, api::Value pod)
{
    api::ObjectMeta meta(pod);
    const std::string ns(meta.ns()), name(meta.name());
    client::DeleteOptions options;
    options.preconditionUid = meta.uid();
    auto deleted = co_await client().remove(resources::pods, ns, name, options);
    if (deleted) {
        m_events.normal(daemonSet, "SuccessfulDelete", "Deleted pod: " + name);
        co_return Written();
    }
    m_expectations.deletionObserved(key, meta.uid()); // it will not be seen
    if (deleted.error().isNotFound())
        co_return Written();
    co_return api::ApiFailure(deleted.error());
}

Task<DaemonSetController::Written> DaemonSetController::writeStatus(api::Value stored, api::Value daemonSet)
{
    if (daemonSet.get("status") == stored.get("status"))
        co_return Written();
    const std::string ns(api::ObjectMeta(stored).ns()), name(api::ObjectMeta(stored).name());
    client::WriteOptions options;
    options.subresource = "status";
    auto written = co_await client().update(resources::daemonSets, ns, name, std::move(daemonSet), options);
    if (!written)
        co_return api::ApiFailure(written.error());
    co_return Written();
}

} // namespace kates::controllers
