#include "engine/controllers/namespaces/namespace_controller.h"

#include <algorithm>

namespace kates::controllers {

using client::ReconcileResult;
namespace resources = client::resources;

namespace {

constexpr std::string_view kFinalizer = "kubernetes";

bool awaitsUs(const api::Value& object)
{
    const api::Value& finalizers = object.get("spec", "finalizers");
    return api::ObjectMeta(object).beingDeleted() && std::find(finalizers.begin(), finalizers.end(), api::Value(kFinalizer)) != finalizers.end();
}

} // namespace

NamespaceController::NamespaceController(const ControllerContext& context)
    : QueueController(context, "namespace-controller", 10)
    , m_namespaces(use(resources::namespaces))
    , m_pods(use(resources::pods))
{
    enqueueChangesOf(m_namespaces);
    // The last pod's end is what a namespace usually waits for.
    m_pods.addHandler({.deleted = [this](const api::Value& pod) {
        const std::string ns(api::ObjectMeta(pod).ns());
        const api::Value* object = m_namespaces.get({}, ns);
        if (object && awaitsUs(*object))
            m_queue.add(ns);
    }});
}

Task<ReconcileResult> NamespaceController::reconcile(std::string key)
{
    const api::Value* cached = m_namespaces.get({}, key);
    if (!cached || !awaitsUs(*cached))
        co_return ReconcileResult::done();
    api::Value object = *cached;
    NamespaceContent content = co_await deleteContent(key);
    auto told = co_await writeConditions(object, content);
    if (!told)
        co_return afterFailure("namespace", key, told.error());
    if (!content.empty())
        co_return ReconcileResult::retry();
    auto finalized = co_await finalize(std::move(object));
    if (!finalized)
        co_return afterFailure("namespace", key, finalized.error());
    co_return ReconcileResult::done();
}

Task<NamespaceContent> NamespaceController::deleteContent(std::string ns)
{
    std::vector<ServedResource> served = m_context.servedResources();
    std::erase_if(
        served, [](const ServedResource& resource) { return !resource.namespaced || !resource.allows("delete") || !resource.allows("list"); });
    std::stable_partition(served.begin(), served.end(), [](const ServedResource& resource) { return resource.resource == resources::pods; });
    NamespaceContent content;
    for (const ServedResource& resource : served) {
        co_await deleteResource(ns, resource, content);
        if (resource.resource == resources::pods && !content.empty())
            break;
    }
    co_return content;
}

Task<void> NamespaceController::deleteResource(std::string ns, ServedResource served, NamespaceContent& content)
{
    auto before = co_await client().list(served.resource, ns);
    if (before && before->items.empty())
        co_return;
    api::ApiResult<void> deleted;
    if (before)
        deleted = co_await deleteItems(served, ns, std::move(*before));
    auto after = co_await client().list(served.resource, ns);
    if (!deleted)
        content.errors.push_back(deleted.error().message);
    if (!after)
        content.errors.push_back(after.error().message);
    else
        content.count(served.resource, after->items);
}

Task<api::ApiResult<void>> NamespaceController::deleteItems(ServedResource served, std::string ns, client::ObjectList list)
{
    client::DeleteOptions options;
    options.propagationPolicy = "Background";
    if (served.allows("deletecollection")) {
        const client::ListOptions all;
        co_return co_await client().removeCollection(served.resource, ns, all, options);
    }
    api::ApiResult<void> result;
    for (const auto& item : list.items) {
        const std::string name(api::ObjectMeta(item).name());
        auto removed = co_await client().remove(served.resource, ns, name, options);
        if (!removed && !removed.error().isNotFound())
            result = api::ApiFailure(removed.error());
    }
    co_return result;
}

Task<api::ApiResult<void>> NamespaceController::writeConditions(api::Value& object, const NamespaceContent& content)
{
    api::Value changed = object;
    setNamespaceConditions(changed, content, now());
    if (changed == object)
        co_return api::ApiResult<void>();
    const std::string name(api::ObjectMeta(object).name());
    client::WriteOptions options;
    options.subresource = "status";
    auto written = co_await client().update(resources::namespaces, std::string(), name, std::move(changed), options);
    if (!written)
        co_return api::ApiFailure(written.error());
    object = std::move(*written);
    co_return api::ApiResult<void>();
}

Task<api::ApiResult<void>> NamespaceController::finalize(api::Value object)
{
    api::Value kept = api::Value::array();
    for (const auto& finalizer : object.get("spec", "finalizers")) {
        if (finalizer.asString() != kFinalizer)
            kept.push(finalizer);
    }
    object.edit("spec").set("finalizers", std::move(kept));
    const std::string name(api::ObjectMeta(object).name());
    client::WriteOptions options;
    options.subresource = "finalize";
    auto written = co_await client().update(resources::namespaces, std::string(), name, std::move(object), options);
    if (!written)
        co_return api::ApiFailure(written.error());
    co_return api::ApiResult<void>();
}

} // namespace kates::controllers
