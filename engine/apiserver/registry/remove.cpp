#include "engine/api/conversion.h"
#include "engine/apiserver/registry/object_meta.h"
#include "engine/apiserver/registry/registry.h"
#include "engine/base/time.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

constexpr std::string_view kOrphanFinalizer = "orphan";
constexpr std::string_view kForegroundFinalizer = "foregroundDeletion";

ApiResult<void> checkPreconditions(const ResourceRequest& request, const DeleteParameters& parameters, const Value& live)
{
    auto check = [&](std::string_view what, const std::string& wanted, std::string_view actual) -> ApiResult<void> {
        if (wanted.empty() || wanted == actual)
            return {};
        return ApiFailure(api::conflict(request.resource(), request.name,
            "Precondition failed: " + std::string(what) + " in precondition: " + wanted + ", " + std::string(what)
                + " in object meta: " + std::string(actual)));
    };
    if (auto uid = check("UID", parameters.preconditionUid, live.str("metadata", "uid")); !uid)
        return uid;
    return check("ResourceVersion", parameters.preconditionResourceVersion, live.str("metadata", "resourceVersion"));
}

// The garbage collector's finalizers follow the propagation policy; all others stay.
void setPropagation(const std::string& policy, Value& object)
{
    if (policy.empty())
        return;
    auto finalizers = Value::array();
    for (const auto& finalizer : object.get("metadata", "finalizers")) {
        if (finalizer.asString() != kOrphanFinalizer && finalizer.asString() != kForegroundFinalizer)
            finalizers.push(finalizer);
    }
    if (policy == "Orphan")
        finalizers.push(kOrphanFinalizer);
    if (policy == "Foreground")
        finalizers.push(kForegroundFinalizer);
    if (finalizers.size() == 0)
        object.edit("metadata").erase("finalizers");
    else
        object.edit("metadata").set("finalizers", std::move(finalizers));
}

// Marks it as being deleted; says whether that changes anything. A running deletion can only be made shorter.
void markDeleted(const api::KindDescription& kind, Value& object, std::int64_t grace, WallTime now)
{
    auto& meta = object.edit("metadata");
    auto started = parseTime(meta.str("deletionTimestamp"));
    auto oldGrace = meta.get("deletionGracePeriodSeconds").asInt();
    if (started && grace >= oldGrace)
        return;
    auto from = started ? *started - std::chrono::seconds(oldGrace) : now;
    meta.set("deletionTimestamp", formatTime(from + std::chrono::seconds(grace)));
    meta.set("deletionGracePeriodSeconds", grace);
    if (!started && kind.bumpsGeneration)
        meta.set("generation", meta.get("generation").asInt() + 1);
    if (kind.group.empty() && kind.kind == "Namespace")
        object.edit("status").set("phase", "Terminating");
}

Value successStatus(const ResourceRequest& request, const Value& live)
{
    auto details = Value::object({{"name", request.name}});
    if (!request.kind->group.empty())
        details.set("group", request.kind->group);
    details.set("kind", request.kind->plural);
    details.set("uid", live.get("metadata", "uid"));
    return Value::object(
        {{"kind", "Status"}, {"apiVersion", "v1"}, {"metadata", Value::object()}, {"status", "Success"}, {"details", std::move(details)}});
}

} // namespace

Task<ApiResult<Answer>> Registry::remove(ResourceRequest& request, DeleteParameters parameters)
{
    const auto& kind = *request.kind;
    for (int attempt = 1;; ++attempt) {
        auto stored = find(kind, request.ns, request.name);
        if (!stored)
            co_return ApiFailure(api::notFound(request.resource(), request.name));
        auto live = api::fromStored(kind, stored->value());
        auto allowed = checkPreconditions(request, parameters, live);
        if (allowed)
            allowed = m_admission.admitDelete(request, live);
        if (!allowed)
            co_return ApiFailure(allowed.error());

        auto object = live;
        setPropagation(parameters.propagationPolicy, object);
        auto grace = strategyFor(kind).gracePeriodSeconds(live, parameters.gracePeriodSeconds);
        bool stays = grace > 0 || hasFinalizers(kind, object);
        if (stays)
            markDeleted(kind, object, grace, m_loop.wallTime());
        if (stays && object == live)
            co_return answerOf(request, std::move(stored), 200);
        if (request.dryRun)
            co_return Answer{200, stays ? std::move(object) : successStatus(request, live), nullptr};

        api::StatusError failed;
        if (stays) {
            auto committed = co_await commit(request, std::move(object), stored->revision());
            if (committed)
                co_return answerOf(request, std::move(*committed), 200);
            failed = committed.error();
        } else {
            auto deleted = co_await commitDelete(request, stored->revision());
            if (deleted)
                co_return Answer{200, successStatus(request, live), nullptr};
            failed = deleted.error();
        }
        if (!failed.isConflict() || attempt == kConflictRetriesMax)
            co_return ApiFailure(std::move(failed));
    }
}

Task<ApiResult<ListAnswer>> Registry::removeCollection(ResourceRequest& request, ListParameters parameters, DeleteParameters deletion)
{
    auto listed = co_await list(request, std::move(parameters));
    if (!listed)
        co_return listed;
    for (const auto& object : listed->items) {
        auto key = object->key();
        auto one = request;
        one.ns = key.ns;
        one.name = key.name;
        auto removed = co_await remove(one, deletion);
        if (!removed && !removed.error().isNotFound())
            co_return ApiFailure(removed.error());
    }
    co_return listed;
}

} // namespace kates::apiserver
