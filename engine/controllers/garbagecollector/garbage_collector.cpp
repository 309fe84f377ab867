#include "engine/controllers/garbagecollector/garbage_collector.h"

namespace kates::controllers {

using client::ReconcileResult;

namespace {

constexpr int kWorkers = 20;
constexpr std::size_t kGoneRemembered = 5000;

// Events own nothing and are owned by nobody; there are many.
bool ignored(const ServedResource& served)
{
    return served.resource.plural == "events" || !served.allows("list") || !served.allows("watch") || !served.allows("delete");
}

std::string uidOf(const api::Value& object)
{
    return std::string(api::ObjectMeta(object).uid());
}

std::string_view groupOf(std::string_view apiVersion)
{
    const std::size_t slash = apiVersion.find('/');
    return slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
}

} // namespace

GarbageCollector::GarbageCollector(const ControllerContext& context)
    : QueueController(context, "garbage-collector-controller", kWorkers), m_gone(kGoneRemembered)
{
}

void GarbageCollector::start()
{
    for (const ServedResource& served : m_context.servedResources())
        watch(served);
    QueueController::start();
}

void GarbageCollector::watch(const ServedResource& resource)
{
    auto served = std::make_shared<const ServedResource>(resource);
    m_served.push_back(served);
    if (ignored(*served))
        return;
    use(served->resource)
        .addHandler({.added = [this, served](const api::Value& object) { changed(served, object); },
            .updated = [this, served](const api::Value&, const api::Value& after) { changed(served, after); },
            .deleted = [this](const api::Value& last) { removed(last); }});
}

void GarbageCollector::changed(const std::shared_ptr<const ServedResource>& served, const api::Value& object)
{
    const std::string uid = uidOf(object);
    const GraphNode* known = m_graph.find(uid);
    const GraphNode before = known ? *known : GraphNode{};
    const GraphNode node{served, object};
    m_graph.put(node);
    const bool sameOwners = before.meta().ownerReferences() == node.meta().ownerReferences();
    if (!sameOwners) {
        // An owner that waits may wait for this one no longer.
        for (const auto& reference : before.meta().ownerReferences()) {
            const GraphNode* owner = m_graph.find(std::string(reference.str("uid")));
            if (owner && owner->deletesDependents())
                m_queue.add(std::string(reference.str("uid")));
        }
        if (node.meta().ownerReferences().size() > 0)
            m_queue.add(uid);
    }
    if (node.deletesDependents() && !before.deletesDependents()) {
        m_queue.add(uid);
        for (auto& dependent : m_graph.dependents(uid))
            m_queue.add(std::move(dependent));
    }
    if (node.orphansDependents() && !before.orphansDependents())
        m_queue.add(uid);
}

void GarbageCollector::removed(const api::Value& object)
{
    const std::string uid = uidOf(object);
    m_graph.remove(uid);
    m_gone[uid] = true;
    for (auto& dependent : m_graph.dependents(uid))
        m_queue.add(std::move(dependent));
    for (const auto& reference : api::ObjectMeta(object).ownerReferences()) {
        const GraphNode* owner = m_graph.find(std::string(reference.str("uid")));
        if (owner && owner->deletesDependents())
            m_queue.add(std::string(reference.str("uid")));
    }
}

const ServedResource* GarbageCollector::servedKind(const api::Value& reference) const
{
    const std::string_view group = groupOf(reference.str("apiVersion"));
    for (const auto& served : m_served) {
        if (served->kind == reference.str("kind") && served->resource.group == group)
            return served.get();
    }
    return nullptr;
}

Task<ReconcileResult> GarbageCollector::reconcile(std::string uid)
{
    const GraphNode* found = m_graph.find(uid);
    if (!found)
        co_return ReconcileResult::done();
    const GraphNode node = *found;
    Written result;
    if (node.orphansDependents())
        result = co_await orphanDependents(node);
    else if (node.deletesDependents())
        result = co_await finishForeground(node);
    else if (!node.meta().beingDeleted())
        result = co_await collect(node);
    if (!result)
        co_return afterFailure("garbagecollector", node.served->resource.plural + " " + node.meta().key().toString(), result.error());
    co_return ReconcileResult::done();
}

Task<GarbageCollector::Written> GarbageCollector::collect(GraphNode node)
{
    if (node.meta().ownerReferences().size() == 0)
        co_return Written();
    auto owners = co_await classify(node);
    if (!owners)
        co_return api::ApiFailure(owners.error());
    if (owners->solid) {
        if (owners->removable.empty())
            co_return Written();
        api::Value kept = withoutOwners(node.object, owners->removable);
        co_return co_await update(node.served, std::move(kept));
    }
    std::string policy = "Background";
    if (node.hasFinalizer(kOrphanFinalizer))
        policy = "Orphan";
    else if (node.hasFinalizer(kForegroundFinalizer) || (owners->waiting && m_graph.hasDependents(std::string(node.meta().uid()))))
        policy = "Foreground";
    co_return co_await deleteObject(node, policy);
}

Task<api::ApiResult<GarbageCollector::Owners>> GarbageCollector::classify(GraphNode node)
{
    Owners owners;
    for (const auto& reference : node.meta().ownerReferences()) {
        auto state = co_await stateOf(node, reference);
        if (!state)
            co_return api::ApiFailure(state.error());
        owners.solid = owners.solid || *state == OwnerState::Solid || *state == OwnerState::Unknown;
        owners.waiting = owners.waiting || *state == OwnerState::Waiting;
        if (*state == OwnerState::Gone || *state == OwnerState::Waiting)
            owners.removable.insert(std::string(reference.str("uid")));
    }
    co_return owners;
}

Task<api::ApiResult<GarbageCollector::OwnerState>> GarbageCollector::stateOf(GraphNode dependent, api::Value reference)
{
    const std::string uid(reference.str("uid"));
    if (const GraphNode* owner = m_graph.find(uid))
        co_return owner->deletesDependents() ? OwnerState::Waiting : OwnerState::Solid;
    if (m_gone[uid])
        co_return OwnerState::Gone;
    // A kind that is not served, or a namespaced owner of a cluster-scoped object, cannot be looked up: nothing is deleted on a guess.
    const ServedResource* served = servedKind(reference);
    const std::string ns(served && served->namespaced ? dependent.meta().ns() : std::string_view());
    if (!served || (served->namespaced && ns.empty()))
        co_return OwnerState::Unknown;
    const client::Resource resource = served->resource;
    const std::string name(reference.str("name"));
    auto live = co_await client().get(resource, ns, name);
    if (!live && !live.error().isNotFound())
        co_return api::ApiFailure(live.error());
    if (!live || api::ObjectMeta(*live).uid() != uid) {
        m_gone[uid] = true;
        co_return OwnerState::Gone;
    }
    const GraphNode owner{dependent.served, *live};
    co_return owner.deletesDependents() ? OwnerState::Waiting : OwnerState::Solid;
}

// Only the version that was looked at: one that has changed since is looked at again.
Task<GarbageCollector::Written> GarbageCollector::deleteObject(GraphNode node, std::string propagationPolicy)
{
    const std::string ns(node.meta().ns()), name(node.meta().name());
    client::DeleteOptions options;
    options.propagationPolicy = std::move(propagationPolicy);
    options.preconditionUid = node.meta().uid();
    options.preconditionResourceVersion = node.meta().resourceVersion();
    auto deleted = co_await client().remove(node.served->resource, ns, name, options);
    if (!deleted)
        co_return api::ApiFailure(deleted.error());
    co_return Written();
}

Task<GarbageCollector::Written> GarbageCollector::finishForeground(GraphNode node)
{
    const std::string uid(node.meta().uid());
    bool blocked = false;
    for (const auto& dependentUid : m_graph.dependents(uid)) {
        const GraphNode* dependent = m_graph.find(dependentUid);
        blocked = blocked || (dependent && dependent->referenceTo(uid).get("blockOwnerDeletion").asBool());
    }
    if (blocked)
        co_return Written(); // their deletion brings us back
    api::Value freed = withoutFinalizer(node.object, kForegroundFinalizer);
    co_return co_await update(node.served, std::move(freed));
}

Task<GarbageCollector::Written> GarbageCollector::orphanDependents(GraphNode node)
{
    const std::string uid(node.meta().uid());
    for (const auto& dependentUid : m_graph.dependents(uid)) {
        const GraphNode* found = m_graph.find(dependentUid);
        if (!found)
            continue;
        const GraphNode dependent = *found;
        api::Value orphan = withoutOwners(dependent.object, {uid});
        auto written = co_await update(dependent.served, std::move(orphan));
        if (!written && !written.error().isNotFound())
            co_return written;
    }
    api::Value freed = withoutFinalizer(node.object, kOrphanFinalizer);
    co_return co_await update(node.served, std::move(freed));
}

Task<GarbageCollector::Written> GarbageCollector::update(std::shared_ptr<const ServedResource> served, api::Value object)
{
    const std::string ns(api::ObjectMeta(object).ns()), name(api::ObjectMeta(object).name());
    auto written = co_await client().update(served->resource, ns, name, std::move(object));
    if (!written)
        co_return api::ApiFailure(written.error());
    co_return Written();
}

} // namespace kates::controllers
