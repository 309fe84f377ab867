// Where a request for a resource goes: the generic registry, a subresource with a document of its own (scale, binding), or a virtual kind that only
// answers (access reviews). Both transports come in here, after authorisation.
#pragma once

#include <map>

#include "engine/apiserver/registry/registry.h"

namespace kates::apiserver {

// A subresource whose documents are of another kind than the object's. What it does not override is 405.
class SubresourceHandler {
public:
    virtual ~SubresourceHandler() = default;
    virtual Task<api::ApiResult<Answer>> get(ResourceRequest& request);
    virtual Task<api::ApiResult<Answer>> create(ResourceRequest& request, api::Value body);
    virtual Task<api::ApiResult<Answer>> update(ResourceRequest& request, api::Value body);
    virtual Task<api::ApiResult<Answer>> patch(ResourceRequest& request, client::PatchType type, api::Value patch);
};

// A kind that is asked, never stored.
class VirtualKindHandler {
public:
    virtual ~VirtualKindHandler() = default;
    virtual Task<api::ApiResult<Answer>> create(ResourceRequest& request, api::Value body) = 0;
};

class Operations {
public:
    explicit Operations(Registry& registry) : m_registry(registry) {}
    // `plural` empty: of every kind that has the subresource.
    void addSubresource(std::string plural, std::string subresource, std::unique_ptr<SubresourceHandler> handler);
    void addVirtualKind(std::string plural, std::unique_ptr<VirtualKindHandler> handler);

    Task<api::ApiResult<Answer>> get(ResourceRequest& request);
    Task<api::ApiResult<Answer>> create(ResourceRequest& request, api::Value body);
    Task<api::ApiResult<Answer>> update(ResourceRequest& request, api::Value body);
    Task<api::ApiResult<Answer>> patch(ResourceRequest& request, client::PatchType type, api::Value patch);
    Task<api::ApiResult<Answer>> remove(ResourceRequest& request, DeleteParameters parameters);
    Registry& registry() { return m_registry; }

    // Whether the kind, or its subresource, knows the verb; the error is the 404 or 405.
    [[nodiscard]] std::optional<api::StatusError> unsupported(const ResourceRequest& request) const;

private:
    SubresourceHandler* handlerOf(const ResourceRequest& request) const;
    Registry& m_registry;
    std::map<std::pair<std::string, std::string>, std::unique_ptr<SubresourceHandler>> m_subresources;
    std::map<std::string, std::unique_ptr<VirtualKindHandler>> m_virtualKinds;
};

} // namespace kates::apiserver
