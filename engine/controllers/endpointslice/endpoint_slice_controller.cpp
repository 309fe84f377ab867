#include "engine/controllers/endpointslice/endpoint_slice_controller.h"

#include "engine/controllers/endpointslice/endpoints_object.h"

namespace kates::controllers {

using client::ReconcileResult;
namespace resources = client::resources;

namespace {

constexpr const char* kByService = "serviceOfSlice";

// The service whose slice this is, when it is one of ours.
std::string serviceOf(const api::Value& slice)
{
    api::ObjectMeta meta(slice);
    if (meta.label(kManagedByLabel) != kManagedBy)
        return {};
    return api::ObjectKey{std::string(meta.ns()), std::string(meta.label(kServiceNameLabel))}.toString();
}

} // namespace

EndpointSliceController::EndpointSliceController(const ControllerContext& context)
    : QueueController(context, "endpoint-slice-controller")
    , m_services(use(resources::services))
    , m_pods(use(resources::pods))
    , m_slices(use(resources::endpointSlices))
    , m_endpoints(use(resources::endpoints))
    , m_nodes(use(resources::nodes))
    , m_expectations(context.loop)
{
    m_slices.addIndex(kByService, [](const api::Value& slice) {
        std::string service = serviceOf(slice);
        return service.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(service)};
    });
    m_services.addHandler({.added = [this](const api::Value& service) { serviceChanged(service, false); },
        .updated = [this](const api::Value&, const api::Value& after) { serviceChanged(after, false); },
        .deleted = [this](const api::Value& service) { serviceChanged(service, true); }});
    m_pods.addHandler({.added = [this](const api::Value& pod) { podChanged(pod); },
        .updated =
            [this](const api::Value& before, const api::Value& after) {
                if (sameForServices(before, after))
                    return;
                podChanged(before);
                podChanged(after);
            },
        .deleted = [this](const api::Value& pod) { podChanged(pod); }});
    m_slices.addHandler({.added =
                             [this](const api::Value& slice) {
                                 m_expectations.creationObserved(serviceOf(slice));
                                 sliceChanged(slice);
                             },
        .updated = [this](const api::Value&, const api::Value& after) { sliceChanged(after); },
        .deleted = [this](const api::Value& slice) { sliceChanged(slice); }});
}

void EndpointSliceController::serviceChanged(const api::Value& service, bool gone)
{
    api::ObjectMeta meta(service);
    auto& ofNamespace = m_selectors[std::string(meta.ns())];
    if (gone || !hasSelectedEndpoints(service))
        ofNamespace.erase(std::string(meta.name()));
    else
        ofNamespace.insert_or_assign(std::string(meta.name()), api::LabelSelector::fromMap(service.get("spec", "selector")));
    if (ofNamespace.empty())
        m_selectors.erase(std::string(meta.ns()));
    enqueue(service);
}

void EndpointSliceController::podChanged(const api::Value& pod)
{
    api::ObjectMeta meta(pod);
    auto ofNamespace = m_selectors.find(meta.ns());
    if (ofNamespace == m_selectors.end())
        return;
    for (const auto& [name, selector] : ofNamespace->second) {
        if (selector.matches(meta.labels()))
            m_queue.add(api::ObjectKey{std::string(meta.ns()), name}.toString());
    }
}

void EndpointSliceController::sliceChanged(const api::Value& slice)
{
    if (std::string service = serviceOf(slice); !service.empty())
        m_queue.add(std::move(service));
}

std::vector<api::Value> EndpointSliceController::podsOf(const api::Value& service) const
{
    const auto selector = api::LabelSelector::fromMap(service.get("spec", "selector"));
    std::vector<api::Value> pods = m_pods.byNamespace(api::ObjectMeta(service).ns());
    std::erase_if(pods, [&](const api::Value& pod) { return !selector.matches(api::ObjectMeta(pod).labels()); });
    return pods;
}

Task<ReconcileResult> EndpointSliceController::reconcile(std::string key)
{
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_services.get(name.ns, name.name);
    if (!cached) {
        // The slices go with their owner, by garbage collection.
        m_expectations.forget(key);
        auto removed = co_await removeEndpoints(name);
        co_return removed ? ReconcileResult::done() : afterFailure("endpointslice", key, removed.error());
    }
    const api::Value service = *cached;
    if (!hasSelectedEndpoints(service) || api::ObjectMeta(service).beingDeleted() || !m_expectations.satisfied(key))
        co_return ReconcileResult::done();
    std::vector<api::Value> pods = podsOf(service);
    auto zoneOf = [this](std::string_view node) {
        const api::Value* object = m_nodes.get({}, node);
        return object ? std::string(api::ObjectMeta(*object).label("topology.kubernetes.io/zone")) : std::string();
    };
    SlicePlan plan = planSlices(service, endpointGroups(service, pods, zoneOf), m_slices.byIndex(kByService, key));
    auto written = co_await carryOut(key, service, std::move(plan));
    if (!written)
        co_return afterFailure("endpointslice", key, written.error());
    auto mirrored = co_await writeEndpoints(service, std::move(pods));
    co_return mirrored ? ReconcileResult::done() : afterFailure("endpointslice", key, mirrored.error());
}

Task<EndpointSliceController::Written> EndpointSliceController::carryOut(std::string key, api::Value service, SlicePlan plan)
{
    const std::string ns(api::ObjectMeta(service).ns());
    if (!plan.create.empty())
        m_expectations.expectCreations(key, static_cast<int>(plan.create.size()));
    std::optional<api::StatusError> error;
    for (auto& slice : plan.create) {
        auto created = co_await client().create(resources::endpointSlices, ns, std::move(slice));
        if (created)
            continue;
        m_expectations.creationObserved(key); // it will not come
        error = created.error();
    }
    for (auto& slice : plan.update) {
        const std::string name(api::ObjectMeta(slice).name());
        auto updated = co_await client().update(resources::endpointSlices, ns, name, std::move(slice));
        if (!updated)
            error = updated.error();
    }
    for (const auto& slice : plan.remove) {
        const std::string name(api::ObjectMeta(slice).name());
        client::DeleteOptions options;
        options.preconditionUid = api::ObjectMeta(slice).uid();
        auto removed = co_await client().remove(resources::endpointSlices, ns, name, options);
        if (!removed && !removed.error().isNotFound())
            error = removed.error();
    }
    if (error)
        co_return api::ApiFailure(*error);
    co_return Written();
}

Task<EndpointSliceController::Written> EndpointSliceController::writeEndpoints(api::Value service, std::vector<api::Value> pods)
{
    const std::string ns(api::ObjectMeta(service).ns()), name(api::ObjectMeta(service).name());
    const api::Value* cached = m_endpoints.get(ns, name);
    const api::Value existing = cached ? *cached : api::Value();
    api::Value wanted = endpointsObject(service, pods, existing);
    if (wanted == existing)
        co_return Written();
    api::ApiResult<api::Value> written;
    if (existing.isNull())
        written = co_await client().create(resources::endpoints, ns, std::move(wanted));
    else
        written = co_await client().update(resources::endpoints, ns, name, std::move(wanted));
    if (!written)
        co_return api::ApiFailure(written.error());
    co_return Written();
}

// Only what we wrote: an Endpoints object that somebody keeps for himself stays.
Task<EndpointSliceController::Written> EndpointSliceController::removeEndpoints(api::ObjectKey key)
{
    const api::Value* cached = m_endpoints.get(key.ns, key.name);
    if (!cached || api::ObjectMeta(*cached).label("endpoints.kubernetes.io/managed-by").empty())
        co_return Written();
    client::DeleteOptions options;
    options.preconditionUid = api::ObjectMeta(*cached).uid();
    auto removed = co_await client().remove(resources::endpoints, key.ns, key.name, options);
    if (!removed && !removed.error().isNotFound())
        co_return api::ApiFailure(removed.error());
    co_return Written();
}

} // namespace kates::controllers
