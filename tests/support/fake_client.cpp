#include "tests/support/fake_client.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/api/patch.h"
#include "engine/base/time.h"

namespace kates::test {

using client::Resource;

namespace {

api::GroupResource groupResource(const Resource& resource)
{
    return {resource.group, resource.plural};
}

bool held(const api::Value& object)
{
    return object.get("metadata", "finalizers").size() > 0 || (object.str("kind") == "Namespace" && object.get("spec", "finalizers").size() > 0);
}

// What an update of this subresource leaves as it was.
api::Value merged(const api::Value& old, api::Value object, const std::string& subresource)
{
    if (subresource == "status") {
        api::Value result = old;
        result.set("status", object.get("status"));
        return result;
    }
    if (subresource == "finalize") {
        api::Value result = old;
        result.edit("spec").set("finalizers", object.get("spec", "finalizers"));
        return result;
    }
    if (subresource == "scale") {
        api::Value result = old;
        result.edit("spec").set("replicas", object.get("spec", "replicas"));
        object = std::move(result);
    }
    if (old.has("status"))
        object.set("status", old.get("status"));
    for (std::string_view kept : {"uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"}) {
        if (old.get("metadata").has(kept))
            object.edit("metadata").set(kept, old.get("metadata", kept));
        else
            object.edit("metadata").erase(kept);
    }
    if (object.get("spec") != old.get("spec"))
        object.edit("metadata").set("generation", api::ObjectMeta(old).generation() + 1);
    return object;
}

} // namespace

FakeClient::FakeClient(Loop& loop) : m_loop(loop), m_storage(loop) {}

api::Value FakeClient::put(const Resource& resource, api::Value object)
{
    fillIn(resource, object);
    const std::string ns(object.str("metadata", "namespace")), name(object.str("metadata", "name"));
    return m_storage.commit(resource, ns, name, std::move(object));
}

void FakeClient::change(const Resource& resource, std::string_view ns, std::string_view name, const std::function<void(api::Value&)>& edit)
{
    api::Value object = at(resource, ns, name);
    const api::Value spec = object.get("spec");
    edit(object);
    if (object.get("spec") != spec)
        object.edit("metadata").set("generation", api::ObjectMeta(object).generation() + 1);
    m_storage.commit(resource, ns, name, std::move(object));
}

void FakeClient::erase(const Resource& resource, std::string_view ns, std::string_view name)
{
    m_storage.commit(resource, ns, name, {});
}

api::Value FakeClient::at(const Resource& resource, std::string_view ns, std::string_view name) const
{
    const api::Value* found = m_storage.find(resource, ns, name);
    return found ? *found : api::Value();
}

int FakeClient::count(std::string_view verb, const Resource& resource, std::string_view subresource) const
{
    return static_cast<int>(std::count_if(m_requests.begin(), m_requests.end(), [&](const FakeRequest& request) {
        return request.verb == verb && request.resource == resource && request.subresource == subresource;
    }));
}

Task<api::ApiResult<void>> FakeClient::arrive(FakeRequest request)
{
    m_requests.push_back(request);
    if (latency > Duration::zero())
        co_await sleepFor(m_loop, latency);
    else
        co_await yieldTo(m_loop);
    std::optional<api::StatusError> refusal;
    if (refuse)
        refusal = refuse(request);
    if (refusal)
        co_return api::ApiFailure(*refusal);
    co_return api::ApiResult<void>();
}

void FakeClient::fillIn(const Resource& resource, api::Value& object)
{
    object.set("apiVersion", resource.apiVersion());
    if (!object.has("kind"))
        object.set("kind", kindOf(resource));
    api::Value& meta = object.edit("metadata");
    if (meta.str("uid").empty())
        meta.set("uid", m_random->uuid());
    if (meta.str("creationTimestamp").empty())
        meta.set("creationTimestamp", formatTime(m_loop.wallTime()));
    if (!meta.has("generation"))
        meta.set("generation", 1);
}

Task<FakeClient::Answer> FakeClient::get(Resource resource, std::string ns, std::string name, std::string subresource)
{
    FakeRequest request{"get", resource, ns, name, subresource, {}};
    auto arrived = co_await arrive(std::move(request));
    if (!arrived)
        co_return api::ApiFailure(arrived.error());
    api::Value object = at(resource, ns, name);
    if (object.isNull())
        co_return api::ApiFailure(api::notFound(groupResource(resource), name));
    co_return object;
}

Task<api::ApiResult<client::ObjectList>> FakeClient::list(Resource resource, std::string ns, client::ListOptions options)
{
    FakeRequest request{"list", resource, ns, {}, {}, {}};
    auto arrived = co_await arrive(std::move(request));
    if (!arrived)
        co_return api::ApiFailure(arrived.error());
    auto labels = api::LabelSelector::parse(options.labelSelector);
    auto fields = api::FieldSelector::parse(options.fieldSelector);
    if (!labels || !fields)
        co_return api::ApiFailure(api::badRequest("bad selector"));
    client::ObjectList list;
    list.resourceVersion = std::to_string(m_storage.revision());
    // The continue token is how many came before: good enough where nothing changes between two pages.
    std::size_t skip = options.continueToken.empty() ? 0 : std::stoul(options.continueToken), matched = 0;
    for (auto& object : m_storage.all(resource, ns)) {
        if (!labels->matches(object.get("metadata", "labels")) || !fields->matches(object) || matched++ < skip)
            continue;
        if (options.limit && list.items.size() == options.limit) {
            list.continueToken = std::to_string(skip + options.limit);
            break;
        }
        list.items.push_back(std::move(object));
    }
    co_return list;
}

Task<api::ApiResult<std::unique_ptr<client::WatchStream>>> FakeClient::watch(Resource resource, std::string ns, client::ListOptions options)
{
    FakeRequest request{"watch", resource, ns, {}, {}, {}};
    auto arrived = co_await arrive(std::move(request));
    if (!arrived)
        co_return api::ApiFailure(arrived.error());
    co_return m_storage.watch(resource, ns, options);
}

Task<FakeClient::Answer> FakeClient::create(Resource resource, std::string ns, api::Value object, client::WriteOptions options, std::string name)
{
    FakeRequest request{"create", resource, ns, name, options.subresource, object};
    auto arrived = co_await arrive(std::move(request));
    if (!arrived)
        co_return api::ApiFailure(arrived.error());
    if (!options.subresource.empty())
        co_return createSubresource(resource, ns, name, options.subresource, object);
    co_return createNow(resource, ns, std::move(object));
}

FakeClient::Answer FakeClient::createNow(const Resource& resource, const std::string& ns, api::Value object)
{
    api::Value& meta = object.edit("metadata");
    if (!ns.empty())
        meta.set("namespace", ns);
    if (meta.str("name").empty())
        meta.set("name", std::string(meta.str("generateName")) + m_random->nameSuffix());
    const std::string name(meta.str("name"));
    if (m_storage.find(resource, ns, name))
        return api::ApiFailure(api::alreadyExists(groupResource(resource), name));
    for (std::string_view given : {"uid", "creationTimestamp", "resourceVersion", "generation"})
        meta.erase(given);
    fillIn(resource, object);
    if (object.get("status").isObject())
        object.erase("status");
    if (resource == client::resources::pods)
        object.set("status", api::Value::object({{"phase", "Pending"}}));
    if (resource == client::resources::namespaces) {
        object.edit("spec").set("finalizers", api::Value::array({"kubernetes"}));
        object.set("status", api::Value::object({{"phase", "Active"}}));
    }
    return m_storage.commit(resource, ns, name, std::move(object));
}

FakeClient::Answer FakeClient::createSubresource(
    const Resource& resource, const std::string& ns, const std::string& name, const std::string& subresource, const api::Value& object)
{
    const std::string target = name.empty() ? std::string(object.str("metadata", "name")) : name;
    api::Value owner = at(resource, ns, target);
    if (owner.isNull())
        return api::ApiFailure(api::notFound(groupResource(resource), target));
    if (subresource == "binding") {
        if (!owner.str("spec", "nodeName").empty())
            return api::ApiFailure(api::conflict(groupResource(resource), target, "pod " + target + " is already assigned to a node"));
        owner.edit("spec").set("nodeName", object.str("target", "name"));
        api::setCondition(owner, "PodScheduled", true, "", "", formatTime(m_loop.wallTime()));
        return m_storage.commit(resource, ns, target, std::move(owner));
    }
    if (subresource == "eviction")
        return removeNow(resource, ns, target, {});
    return api::ApiFailure(api::notFound(groupResource(resource), target + "/" + subresource));
}

Task<FakeClient::Answer> FakeClient::update(Resource resource, std::string ns, std::string name, api::Value object, client::WriteOptions options)
{
    FakeRequest request{"update", resource, ns, name, options.subresource, object};
    auto arrived = co_await arrive(std::move(request));
    if (!arrived)
        co_return api::ApiFailure(arrived.error());
    co_return updateNow(resource, ns, name, std::move(object), options.subresource);
}

FakeClient::Answer FakeClient::updateNow(
    const Resource& resource, const std::string& ns, const std::string& name, api::Value object, const std::string& subresource)
{
    const api::Value* old = m_storage.find(resource, ns, name);
    if (!old)
        return api::ApiFailure(api::notFound(groupResource(resource), name));
    const std::string_view given = object.str("metadata", "resourceVersion"), uid = object.str("metadata", "uid");
    if ((!given.empty() && given != old->str("metadata", "resourceVersion")) || (!uid.empty() && uid != old->str("metadata", "uid")))
        return api::ApiFailure(api::conflict(
            groupResource(resource), name, "the object has been modified; please apply your changes to the latest version and try again"));
    object.edit("metadata").set("resourceVersion", old->str("metadata", "resourceVersion"));
    api::Value next = merged(*old, std::move(object), subresource);
    if (next == *old)
        return next;
    return commitOrRemove(resource, ns, name, std::move(next));
}

FakeClient::Answer FakeClient::commitOrRemove(const Resource& resource, const std::string& ns, const std::string& name, api::Value object)
{
    const bool graceful = object.get("metadata", "deletionGracePeriodSeconds").asInt() > 0;
    if (api::ObjectMeta(object).beingDeleted() && !held(object) && !graceful) {
        m_storage.commit(resource, ns, name, {});
        return object;
    }
    return m_storage.commit(resource, ns, name, std::move(object));
}

Task<FakeClient::Answer> FakeClient::patch(
    Resource resource, std::string ns, std::string name, client::PatchType type, api::Value patch, client::WriteOptions options)
{
    FakeRequest request{"patch", resource, ns, name, options.subresource, patch};
    auto arrived = co_await arrive(std::move(request));
    if (!arrived)
        co_return api::ApiFailure(arrived.error());
    const api::Value old = at(resource, ns, name);
    if (old.isNull())
        co_return api::ApiFailure(api::notFound(groupResource(resource), name));
    api::Value next;
    if (type == client::PatchType::Json) {
        auto patched = api::applyJsonPatch(old, patch);
        if (!patched)
            co_return api::ApiFailure(patched.error());
        next = std::move(*patched);
    } else if (type == client::PatchType::Merge) {
        next = api::applyMergePatch(old, patch);
    } else {
        const auto kind = api::Scheme::kubernetes()->findResource(resource.group, resource.version, resource.plural);
        auto patched = api::applyStrategicMergePatch(*kind->type, old, patch);
        if (!patched)
            co_return api::ApiFailure(patched.error());
        next = std::move(*patched);
    }
    co_return updateNow(resource, ns, name, std::move(next), options.subresource);
}

Task<FakeClient::Answer> FakeClient::remove(Resource resource, std::string ns, std::string name, client::DeleteOptions options)
{
    FakeRequest request{"delete", resource, ns, name, {}, {}};
    auto arrived = co_await arrive(std::move(request));
    if (!arrived)
        co_return api::ApiFailure(arrived.error());
    co_return removeNow(resource, ns, name, options);
}

FakeClient::Answer FakeClient::removeNow(
    const Resource& resource, const std::string& ns, const std::string& name, const client::DeleteOptions& options)
{
    api::Value object = at(resource, ns, name);
    if (object.isNull())
        return api::ApiFailure(api::notFound(groupResource(resource), name));
    api::ObjectMeta meta(object);
    if ((!options.preconditionUid.empty() && options.preconditionUid != meta.uid())
        || (!options.preconditionResourceVersion.empty() && options.preconditionResourceVersion != meta.resourceVersion()))
        return api::ApiFailure(api::conflict(groupResource(resource), name, "Precondition failed"));
    std::int64_t grace = 0;
    std::string_view phase = object.str("status", "phase");
    if (resource == client::resources::pods && !object.str("spec", "nodeName").empty() && phase != "Succeeded" && phase != "Failed")
        grace = options.gracePeriodSeconds.value_or(object.get("spec", "terminationGracePeriodSeconds").asInt(30));
    if (meta.beingDeleted() && grace > 0)
        return object;
    for (auto [policy, finalizer] : {std::pair("Orphan", "orphan"), std::pair("Foreground", "foregroundDeletion")}) {
        const api::Value& finalizers = object.get("metadata", "finalizers");
        if (options.propagationPolicy == policy && std::find(finalizers.begin(), finalizers.end(), api::Value(finalizer)) == finalizers.end())
            object.edit("metadata", "finalizers").push(finalizer);
    }
    if (!api::ObjectMeta(object).beingDeleted())
        object.edit("metadata").set("deletionTimestamp", formatTime(m_loop.wallTime() + std::chrono::seconds(grace)));
    object.edit("metadata").set("deletionGracePeriodSeconds", grace);
    if (resource == client::resources::namespaces)
        object.edit("status").set("phase", "Terminating");
    return commitOrRemove(resource, ns, name, std::move(object));
}

Task<api::ApiResult<void>> FakeClient::removeCollection(
    Resource resource, std::string ns, client::ListOptions selector, client::DeleteOptions options)
{
    FakeRequest request{"deletecollection", resource, ns, {}, {}, {}};
    auto arrived = co_await arrive(std::move(request));
    if (!arrived)
        co_return api::ApiFailure(arrived.error());
    auto labels = api::LabelSelector::parse(selector.labelSelector);
    for (const auto& object : m_storage.all(resource, ns)) {
        if (labels && labels->matches(object.get("metadata", "labels")))
            (void)removeNow(resource, std::string(object.str("metadata", "namespace")), std::string(object.str("metadata", "name")), options);
    }
    co_return api::ApiResult<void>();
}

std::string_view kindOf(const Resource& resource)
{
    static const std::map<std::string, std::string_view> kKinds = {{"pods", "Pod"}, {"nodes", "Node"}, {"services", "Service"},
        {"endpoints", "Endpoints"}, {"namespaces", "Namespace"}, {"configmaps", "ConfigMap"}, {"secrets", "Secret"},
        {"serviceaccounts", "ServiceAccount"}, {"events", "Event"}, {"deployments", "Deployment"}, {"replicasets", "ReplicaSet"},
        {"endpointslices", "EndpointSlice"}, {"leases", "Lease"}, {"daemonsets", "DaemonSet"}, {"statefulsets", "StatefulSet"}, {"jobs", "Job"},
        {"cronjobs", "CronJob"}, {"poddisruptionbudgets", "PodDisruptionBudget"}, {"controllerrevisions", "ControllerRevision"},
        {"persistentvolumeclaims", "PersistentVolumeClaim"}, {"resourcequotas", "ResourceQuota"}};
    auto found = kKinds.find(resource.plural);
    return found == kKinds.end() ? std::string_view("Unknown") : found->second;
}

} // namespace kates::test
