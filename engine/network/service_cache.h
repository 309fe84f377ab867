// What the node knows of Services and their EndpointSlices, for the proxy and for DNS: two informers, joined.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/client/informer.h"

namespace kates::network {

class ServiceCache {
public:
    // Both must outlive this object and must not be started yet (an index is added).
    ServiceCache(client::Informer& services, client::Informer& endpointSlices);

    // `changed`: the Service or one of its slices has come, changed or gone; called at once for those that are there. `synced`: the first lists
    // of both are in the cache.
    void addHandler(std::function<void(const api::ObjectKey& service)> changed, std::function<void()> synced);

    const api::Value* service(const api::ObjectKey& key) const; // nullptr: not there
    std::vector<api::Value> slicesOf(const api::ObjectKey& key) const;
    // By cluster IP, and by the address of an endpoint.
    std::vector<api::Value> servicesAt(const std::string& address) const;
    std::vector<api::Value> slicesAt(const std::string& address) const;
    bool hasServiceIn(std::string_view ns) const;
    static api::ObjectKey serviceOf(const api::Value& slice); // the name is empty when the slice belongs to none
    bool synced() const { return m_services.synced() && m_slices.synced(); }

private:
    void notify(const api::ObjectKey& key) const;
    client::Informer& m_services;
    client::Informer& m_slices;
    void notifySynced() const;
    struct Handler {
        std::function<void(const api::ObjectKey&)> changed;
        std::function<void()> synced;
    };
    std::vector<Handler> m_handlers;
};

} // namespace kates::network
