#include "engine/network/service_cache.h"

namespace kates::network {

namespace {

constexpr std::string_view kServiceNameLabel = "kubernetes.io/service-name";
constexpr const char* kServiceIndex = "service";

api::ObjectKey serviceOf(const api::Value& slice)
{
    const api::ObjectMeta meta(slice);
    return {std::string(meta.ns()), std::string(meta.label(kServiceNameLabel))};
}

} // namespace

ServiceCache::ServiceCache(client::Informer& services, client::Informer& endpointSlices) : m_services(services), m_slices(endpointSlices)
{
    m_slices.addIndex(kServiceIndex, [](const api::Value& slice) { return std::vector<std::string>{serviceOf(slice).toString()}; });
    auto service = [this](const api::Value& object) { notify(api::ObjectMeta(object).key()); };
    m_services.addHandler({service, [service](const api::Value&, const api::Value& after) { service(after); }, service, [this] { notifySynced(); }});
    auto slice = [this](const api::Value& object) { notify(serviceOf(object)); };
    m_slices.addHandler({slice,
        [slice](const api::Value& before, const api::Value& after) {
            if (serviceOf(before) != serviceOf(after))
                slice(before);
            slice(after);
        },
        slice, [this] { notifySynced(); }});
}

void ServiceCache::addHandler(std::function<void(const api::ObjectKey&)> changed, std::function<void()> synced)
{
    m_services.forEach([&](const api::Value& service) { changed(api::ObjectMeta(service).key()); });
    m_slices.forEach([&](const api::Value& slice) { changed(serviceOf(slice)); });
    m_handlers.push_back({std::move(changed), std::move(synced)});
}

void ServiceCache::notify(const api::ObjectKey& key) const
{
    for (const auto& handler : m_handlers)
        handler.changed(key);
}

void ServiceCache::notifySynced() const
{
    if (synced())
        for (const auto& handler : m_handlers)
            handler.synced();
}

const api::Value* ServiceCache::service(const api::ObjectKey& key) const
{
    return m_services.get(key.ns, key.name);
}

std::vector<api::Value> ServiceCache::slicesOf(const api::ObjectKey& key) const
{
    return m_slices.byIndex(kServiceIndex, key.toString());
}

void ServiceCache::forEachService(const std::function<void(const api::Value&)>& visit) const
{
    m_services.forEach(visit);
}

} // namespace kates::network
