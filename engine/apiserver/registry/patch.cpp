#include "engine/api/apply.h"
#include "engine/api/fields.h"
#include "engine/api/patch.h"
#include "engine/apiserver/registry/object_meta.h"
#include "engine/apiserver/registry/registry.h"
#include "engine/apiserver/request/decode.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

ApiResult<Value> applyPatch(const ResourceRequest& request, client::PatchType type, const Value& current, const Value& patch)
{
    switch (type) {
    case client::PatchType::Json:
        return api::applyJsonPatch(current, patch);
    case client::PatchType::Merge:
        return api::applyMergePatch(current, patch);
    default:
        return api::applyStrategicMergePatch(*request.kind->type, current, patch);
    }
}

} // namespace

Task<ApiResult<Answer>> Registry::patch(ResourceRequest& request, client::PatchType type, Value patch)
{
    if (type == client::PatchType::Apply)
        co_return co_await apply(request, std::move(patch));
    // Custom resources have no merge keys, as upstream.
    if (type == client::PatchType::Strategic && request.kind->typeOwner)
        co_return ApiFailure(api::unsupportedMediaType("the body of the request was in an unknown format - accepted media types include: "
            "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"));
    auto* theRequest = &request;
    Transform transform = [theRequest, type, patch](const Value& current) -> ApiResult<Value> {
        auto patched = applyPatch(*theRequest, type, current, patch);
        if (!patched)
            return patched;
        if (auto decoded = checkFields(*theRequest, *patched); !decoded)
            return ApiFailure(decoded.error());
        return patched;
    };
    co_return co_await modify(request, std::move(transform));
}

Task<ApiResult<Answer>> Registry::apply(ResourceRequest& request, Value configuration)
{
    if (request.fieldManager.empty())
        co_return ApiFailure(api::invalid("meta.k8s.io", "PatchOptions", "",
            {{"FieldValueRequired", "Required value: is required for apply patch", "fieldManager"}}));
    if (configuration.str("apiVersion").empty() || configuration.str("kind").empty())
        co_return ApiFailure(api::badRequest("an applied configuration must set apiVersion and kind"));
    if (!configuration.get("metadata", "managedFields").isNull())
        co_return ApiFailure(api::badRequest("metadata.managedFields must be nil"));
    if (auto matched = matchRequest(request, configuration); !matched)
        co_return ApiFailure(matched.error());
    if (auto decoded = checkFields(request, configuration); !decoded)
        co_return ApiFailure(decoded.error());
    // "0.5" and "500m" are the same value: no conflict with whoever wrote the other form.
    api::canonicalize(*request.kind->type, configuration);
    auto* theRequest = &request;
    auto* self = this;
    Transform merge = [theRequest, self, configuration](const Value& current) {
        return api::applyServerSide(*theRequest->kind, current, configuration, self->ownershipOf(*theRequest));
    };
    for (int attempt = 1;; ++attempt) {
        auto applied = co_await modifyWith(request, merge, true);
        if (applied || !applied.error().isNotFound() || !request.subresource.empty() || find(*request.kind, request.ns, request.name))
            co_return applied;
        // An apply to what is not there creates it.
        if (!configuration.str("metadata", "resourceVersion").empty() || !configuration.str("metadata", "uid").empty())
            co_return applied;
        auto object = api::applyServerSide(*request.kind, {}, configuration, ownershipOf(request));
        if (!object)
            co_return ApiFailure(object.error());
        auto created = co_await insert(request, std::move(*object), true);
        if (created || !created.error().isAlreadyExists() || attempt == kConflictRetriesMax)
            co_return created;
    }
}

} // namespace kates::apiserver
