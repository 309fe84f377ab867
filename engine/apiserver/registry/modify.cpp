// Every write to an object that is there: read, transform, prepare, commit on the version that was read.
#include "engine/api/conversion.h"
#include "engine/apiserver/registry/object_meta.h"
#include "engine/apiserver/registry/registry.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

void takeMember(Value& object, const Value& from, std::string_view key)
{
    if (auto value = from.find(key))
        object.set(key, *value);
    else
        object.erase(key);
}

// A write to the status subresource changes status (and the freely writable metadata), any other everything but the status.
Value separateStatus(const ResourceRequest& request, const Value& live, Value proposed)
{
    if (!request.kind->hasStatus)
        return proposed;
    if (request.subresource != "status") {
        if (request.subresource.empty())
            takeMember(proposed, live, "status");
        return proposed;
    }
    auto merged = live;
    takeMember(merged, proposed, "status");
    auto meta = proposed.get("metadata");
    takeMember(meta, live.get("metadata"), "ownerReferences");
    merged.set("metadata", std::move(meta));
    return merged;
}

bool gracePassed(const Value& object)
{
    return object.get("metadata", "deletionGracePeriodSeconds").asInt() == 0;
}

ApiResult<void> checkFinalizers(const ResourceRequest& request, const Value& live, const Value& proposed)
{
    if (live.str("metadata", "deletionTimestamp").empty())
        return {};
    for (const auto& finalizer : proposed.get("metadata", "finalizers")) {
        bool known = false;
        for (const auto& old : live.get("metadata", "finalizers"))
            known = known || old == finalizer;
        if (!known)
            return ApiFailure(api::invalid(request.kind->group, request.kind->kind, request.name,
                {{"FieldValueForbidden",
                    "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\""
                        + std::string(finalizer.asString()) + "\"}",
                    "metadata.finalizers"}}));
    }
    return {};
}

} // namespace

ApiResult<Registry::Prepared> Registry::prepareUpdate(ResourceRequest& request, const Value& live, Value proposed, bool applied)
{
    if (auto matched = matchRequest(request, proposed); !matched)
        return ApiFailure(matched.error());
    if (auto current = checkVersion(request, live, proposed); !current)
        return ApiFailure(current.error());
    keepServerFields(live, proposed);
    proposed = separateStatus(request, live, std::move(proposed));
    if (auto allowed = checkFinalizers(request, live, proposed); !allowed)
        return ApiFailure(allowed.error());
    if (auto admitted = m_admission.admitUpdate(request, proposed, live); !admitted)
        return ApiFailure(admitted.error());
    if (auto valid = prepareAndValidateUpdate(contextOf(request), proposed, live); !valid)
        return ApiFailure(valid.error());
    bool ownershipMoved = !(proposed.get("metadata", "managedFields") == live.get("metadata", "managedFields"));
    if (sameContent(live, proposed) && !ownershipMoved)
        return Prepared{live, true, false};
    bumpGeneration(*request.kind, live, proposed);
    if (!applied)
        trackUpdate(*request.kind, live, proposed, ownershipOf(request));
    bool deletes = !live.str("metadata", "deletionTimestamp").empty() && gracePassed(live) && hasFinalizers(*request.kind, live)
        && !hasFinalizers(*request.kind, proposed);
    return Prepared{std::move(proposed), false, deletes};
}

Task<ApiResult<Answer>> Registry::modify(ResourceRequest& request, Transform transform)
{
    return modifyWith(request, std::move(transform), false);
}

Task<ApiResult<Answer>> Registry::modifyWith(ResourceRequest& request, Transform transform, bool applied)
{
    for (int attempt = 1;; ++attempt) {
        auto stored = find(*request.kind, request.ns, request.name);
        if (!stored)
            co_return ApiFailure(api::notFound(request.resource(), request.name));
        auto live = api::fromStored(*request.kind, stored->value());
        auto proposed = transform(live);
        if (!proposed)
            co_return ApiFailure(proposed.error());
        auto prepared = prepareUpdate(request, live, std::move(*proposed), applied);
        if (!prepared)
            co_return ApiFailure(prepared.error());
        if (prepared->unchanged)
            co_return answerOf(request, std::move(stored), 200);
        if (request.dryRun)
            co_return Answer{200, std::move(prepared->object), nullptr};
        api::StatusError failed;
        if (prepared->deletes) {
            auto deleted = co_await commitDelete(request, stored->revision());
            if (deleted)
                co_return Answer{200, std::move(prepared->object), nullptr};
            failed = deleted.error();
        } else {
            auto committed = co_await commit(request, std::move(prepared->object), stored->revision());
            if (committed)
                co_return answerOf(request, std::move(*committed), 200);
            failed = committed.error();
        }
        if (!failed.isConflict() || attempt == kConflictRetriesMax)
            co_return ApiFailure(std::move(failed));
    }
}

Task<ApiResult<Answer>> Registry::update(ResourceRequest& request, Value object)
{
    if (auto matched = matchRequest(request, object); !matched)
        co_return ApiFailure(matched.error());
    Transform replace = [object](const Value&) -> ApiResult<Value> { return object; };
    co_return co_await modify(request, std::move(replace));
}

} // namespace kates::apiserver
