#include "engine/apiserver/registry/operations.h"

#include "engine/apiserver/request/decode.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

Task<ApiResult<Answer>> SubresourceHandler::get(ResourceRequest& request)
{
    co_return ApiFailure(api::methodNotSupported(request.resource(), "get"));
}

Task<ApiResult<Answer>> SubresourceHandler::create(ResourceRequest& request, Value)
{
    co_return ApiFailure(api::methodNotSupported(request.resource(), "create"));
}

Task<ApiResult<Answer>> SubresourceHandler::update(ResourceRequest& request, Value)
{
    co_return ApiFailure(api::methodNotSupported(request.resource(), "update"));
}

Task<ApiResult<Answer>> SubresourceHandler::patch(ResourceRequest& request, client::PatchType, Value)
{
    co_return ApiFailure(api::methodNotSupported(request.resource(), "patch"));
}

void Operations::addSubresource(std::string plural, std::string subresource, std::unique_ptr<SubresourceHandler> handler)
{
    m_subresources.insert_or_assign({std::move(plural), std::move(subresource)}, std::move(handler));
}

void Operations::addVirtualKind(std::string plural, std::unique_ptr<VirtualKindHandler> handler)
{
    m_virtualKinds.insert_or_assign(std::move(plural), std::move(handler));
}

SubresourceHandler* Operations::handlerOf(const ResourceRequest& request) const
{
    if (request.subresource.empty())
        return nullptr;
    for (const auto& plural : {request.kind->plural, std::string()}) {
        auto found = m_subresources.find({plural, request.subresource});
        if (found != m_subresources.end())
            return found->second.get();
    }
    return nullptr;
}

std::optional<api::StatusError> Operations::unsupported(const ResourceRequest& request) const
{
    if (request.subresource.empty()) {
        bool known = request.kind->virtualKind ? request.verb == "create" : request.kind->allows(request.verb);
        return known ? std::nullopt : std::optional(api::methodNotSupported(request.resource(), request.verb));
    }
    auto subresource = request.kind->subresource(request.subresource);
    if (!subresource) {
        auto error = api::notFound(request.resource(), request.name);
        error.message = "the server could not find the requested resource";
        return error;
    }
    const auto& verbs = subresource->verbs;
    if (std::find(verbs.begin(), verbs.end(), request.verb) == verbs.end())
        return api::methodNotSupported(request.resource(), request.verb);
    return std::nullopt;
}

Task<ApiResult<Answer>> Operations::get(ResourceRequest& request)
{
    if (auto handler = handlerOf(request))
        co_return co_await handler->get(request);
    co_return m_registry.get(request);
}

Task<ApiResult<Answer>> Operations::create(ResourceRequest& request, Value body)
{
    if (auto handler = handlerOf(request))
        co_return co_await handler->create(request, std::move(body));
    if (!request.subresource.empty())
        co_return ApiFailure(api::methodNotSupported(request.resource(), "create"));
    if (auto checked = checkFields(request, body); !checked)
        co_return ApiFailure(checked.error());
    if (!request.kind->virtualKind)
        co_return co_await m_registry.create(request, std::move(body));
    auto found = m_virtualKinds.find(request.kind->plural);
    if (found == m_virtualKinds.end())
        co_return ApiFailure(api::methodNotSupported(request.resource(), "create"));
    co_return co_await found->second->create(request, std::move(body));
}

Task<ApiResult<Answer>> Operations::update(ResourceRequest& request, Value body)
{
    if (auto handler = handlerOf(request))
        co_return co_await handler->update(request, std::move(body));
    if (auto checked = checkFields(request, body); !checked)
        co_return ApiFailure(checked.error());
    co_return co_await m_registry.update(request, std::move(body));
}

Task<ApiResult<Answer>> Operations::patch(ResourceRequest& request, client::PatchType type, Value patch)
{
    if (auto handler = handlerOf(request))
        co_return co_await handler->patch(request, type, std::move(patch));
    co_return co_await m_registry.patch(request, type, std::move(patch));
}

Task<ApiResult<Answer>> Operations::remove(ResourceRequest& request, DeleteParameters parameters)
{
    if (!request.subresource.empty())
        co_return ApiFailure(api::methodNotSupported(request.resource(), "delete"));
    co_return co_await m_registry.remove(request, std::move(parameters));
}

} // namespace kates::apiserver
