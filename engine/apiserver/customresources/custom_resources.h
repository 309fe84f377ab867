// Serves what CustomResourceDefinitions define: their kinds appear in the scheme and the caches when a definition is made, follow its changes, and go
// with it, after their objects.
#pragma once

#include <map>
#include <set>

#include "engine/apiserver/registry/registry.h"

namespace kates::apiserver {

class CustomResources {
public:
    CustomResources(Registry& registry, std::shared_ptr<api::Scheme> scheme) : m_registry(registry), m_scheme(std::move(scheme)) {}

    // Kinds of the definitions that are there already; then follows them until stop().
    Task<void> start();
    Task<void> stop();

private:
    Task<void> follow(std::shared_ptr<Watcher> watcher);
    Task<void> serve(ObjectPointer definition);
    Task<void> accept(ObjectPointer definition);
    Task<void> empty(ObjectPointer definition);
    Task<void> writeStatus(std::string name, Registry::Transform transform, std::string subresource);
    void withdraw(const api::Value& definition);
    bool collides(const api::Value& definition) const;

    Registry& m_registry;
    std::shared_ptr<api::Scheme> m_scheme;
    std::map<std::string, api::Value> m_served; // spec by definition
    std::set<std::string> m_emptying;
    std::shared_ptr<Watcher> m_watcher;
    Event m_ended;
};

} // namespace kates::apiserver
