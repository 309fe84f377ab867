#include <algorithm>

#include "engine/apiserver/admission/plugins.h"

namespace kates::apiserver {

namespace {

using api::ApiFailure;
using api::ApiResult;

constexpr std::string_view kImmortal[] = {"default", "kube-system", "kube-public"};

bool isNamespace(const ResourceRequest& request)
{
    return request.kind->group.empty() && request.kind->kind == "Namespace";
}

class NamespaceLifecycle : public AdmissionPlugin {
public:
    explicit NamespaceLifecycle(const ResourceCaches& caches) : m_caches(caches) {}

    bool concerns(const ResourceRequest& request) const override { return request.kind->namespaced || isNamespace(request); }

    Task<ApiResult<void>> admitCreate(ResourceRequest& request, api::Value&) override { co_return check(request); }

    ApiResult<void> admitDelete(ResourceRequest& request, const api::Value&) override
    {
        bool immortal = isNamespace(request) && std::find(std::begin(kImmortal), std::end(kImmortal), request.name) != std::end(kImmortal);
        if (immortal)
            return ApiFailure(api::forbidden(request.resource(), request.name, "this namespace may not be deleted"));
        return {};
    }

private:
    ApiResult<void> check(const ResourceRequest& request) const
    {
        auto namespaces = m_caches.find("", "namespaces");
        if (!request.kind->namespaced || !namespaces)
            return {};
        if (request.ns.empty())
            return ApiFailure(api::badRequest("an empty namespace may not be set during creation"));
        auto found = namespaces->find("", request.ns);
        if (!found)
            return ApiFailure(api::notFound({"", "namespaces"}, request.ns));
        if (found->value().str("metadata", "deletionTimestamp").empty())
            return {};
        auto error = api::forbidden(request.resource(), request.name,
            "unable to create new content in namespace " + request.ns + " because it is being terminated");
        error.causes.push_back({"NamespaceTerminating", "namespace " + request.ns + " is being terminated", "metadata.namespace"});
        return ApiFailure(std::move(error));
    }

    const ResourceCaches& m_caches;
};

} // namespace

std::unique_ptr<AdmissionPlugin> makeNamespaceLifecycle(const ResourceCaches& caches)
{
    return std::make_unique<NamespaceLifecycle>(caches);
}

} // namespace kates::apiserver
