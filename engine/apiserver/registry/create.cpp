#include "engine/apiserver/registry/object_meta.h"
#include "engine/apiserver/registry/registry.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;

// The client owns what it sent and the defaults, as upstream; what admission added (tolerations, a token's volume) is nobody's.
void Registry::claimCreated(const ResourceRequest& request, api::Value sent, api::Value& object) const
{
    auto prepared = sent.sameStorage(object) || prepareAndValidateCreate(contextOf(request), sent);
    auto& claimed = prepared ? sent : object; // what was sent may be complete only with what admission added
    trackUpdate(*request.kind, {}, claimed, ownershipOf(request));
    if (auto fields = claimed.get("metadata").find("managedFields"))
        object.edit("metadata").set("managedFields", *fields);
}

// Everything up to the commit. `applied`: the object comes from a server-side apply, which has recorded its ownership itself.
Task<ApiResult<Answer>> Registry::insert(ResourceRequest& request, api::Value object, bool applied)
{
    fillForCreate(request, object, now(), m_random);
    request.name = object.str("metadata", "name");
    auto sent = object;
    auto admitted = co_await m_admission.admitCreate(request, object);
    if (!admitted)
        co_return ApiFailure(admitted.error());
    bool asSent = object.sameStorage(sent);
    auto prepared = prepareAndValidateCreate(contextOf(request), object);
    if (!prepared)
        co_return ApiFailure(prepared.error());
    if (find(*request.kind, request.ns, request.name))
        co_return ApiFailure(api::alreadyExists(request.resource(), request.name));
    if (!applied)
        claimCreated(request, asSent ? object : sent, object);
    if (request.dryRun)
        co_return Answer{201, std::move(object), nullptr};
    auto committed = co_await commit(request, std::move(object), 0);
    if (!committed)
        co_return ApiFailure(committed.error());
    co_return answerOf(request, std::move(*committed), 201);
}

Task<ApiResult<Answer>> Registry::create(ResourceRequest& request, api::Value object)
{
    if (auto matched = matchRequest(request, object); !matched)
        co_return ApiFailure(matched.error());
    if (!object.str("metadata", "resourceVersion").empty())
        co_return ApiFailure(api::badRequest("resourceVersion should not be set on objects to be created"));
    auto prefix = std::string(object.str("metadata", "generateName"));
    bool generated = object.str("metadata", "name").empty() && !prefix.empty();
    for (int attempt = 1;; ++attempt) {
        auto named = object;
        if (generated)
            named.edit("metadata").set("name", prefix.substr(0, 58) + m_random.nameSuffix());
        auto created = co_await insert(request, std::move(named), false);
        if (created || !generated || !created.error().isAlreadyExists() || attempt == kGenerateNameTriesMax)
            co_return created;
        request.name.clear();
    }
}

} // namespace kates::apiserver
