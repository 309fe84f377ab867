// Makes objects that must be there, as the server itself.
#pragma once

#include "engine/apiserver/registry/registry.h"

namespace kates::apiserver {

enum class Existing { Keep, Update };

class Ensure {
public:
    explicit Ensure(Registry& registry) : m_registry(registry), m_group(registry.loop()) {}
    // All at once: their commits share a few fsyncs. Kinds that the scheme does not have are left out.
    Task<Result<void>> all(std::vector<api::Value> objects, Existing existing);

private:
    Task<void> one(api::Value object, Existing existing);
    Registry& m_registry;
    TaskGroup m_group;
    std::string m_failed;
};

} // namespace kates::apiserver
