#include "engine/network/service_cache.h"

namespace kates::network {

namespace {

constexpr std::string_view kServiceNameLabel = "kubernetes.io/service-name";
constexpr const char* kServiceIndex = "service";
constexpr const char* kAddressIndex = "address";

std::vector<std::string> clusterIpsOf(const api::Value& service)
{
    std::vector<std::string> all;
    for (const auto& address : service.get("spec", "clusterIPs"))
        all.emplace_back(address.asString());
    if (all.empty() && !service.str("spec", "clusterIP").empty())
        all.emplace_back(service.str("spec", "clusterIP"));
    return all;
}

std::vector<std::string> endpointAddressesOf(const api::Value& slice)
{
    std::vector<std::string> all;
    for (const auto& endpoint : slice.get("endpoints"))
        all.emplace_back(endpoint.get("addresses").at(0).asString());
    return all;
}

} // namespace

ServiceCache::ServiceCache(client::Informer& services, client::Informer& endpointSlices) : m_services(services), m_slices(endpointSlices)
{
    m_slices.addIndex(kServiceIndex, [](const api::Value& slice) { return std::vector<std::string>{serviceOf(slice).toString()}; });
    m_services.addIndex(kAddressIndex, clusterIpsOf);
    m_slices.addIndex(kAddressIndex, endpointAddressesOf);
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

std::vector<api::Value> ServiceCache::servicesAt(const std::string& address) const
{
    return m_services.byIndex(kAddressIndex, address);
}

std::vector<api::Value> ServiceCache::slicesAt(const std::string& address) const
{
    return m_slices.byIndex(kAddressIndex, address);
}

bool ServiceCache::hasServiceIn(std::string_view ns) const
{
    return !m_services.byNamespace(ns).empty();
}

api::ObjectKey ServiceCache::serviceOf(const api::Value& slice)
{
    const api::ObjectMeta meta(slice);
    return {std::string(meta.ns()), std::string(meta.label(kServiceNameLabel))};
}

} // namespace kates::network
