#include "engine/apiserver/registry/object_meta.h"

#include <algorithm>

namespace kates::apiserver {

namespace {

using api::ApiFailure;
using api::badRequest;
using api::Value;

constexpr std::string_view kServerFields[]
    = {"uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink"};

void copyMember(const Value& from, Value& to, std::string_view key)
{
    if (auto value = from.find(key))
        to.set(key, *value);
    else
        to.erase(key);
}

api::ApiResult<void> matchType(const api::KindDescription& kind, Value& object)
{
    auto apiVersion = kind.apiVersion();
    auto sentVersion = std::string(object.str("apiVersion")), sentKind = std::string(object.str("kind"));
    if (!sentKind.empty() && sentKind != kind.kind)
        return ApiFailure(badRequest(sentKind + " in version \"" + sentVersion + "\" cannot be handled as a " + kind.kind + ": kinds do not match"));
    if (!sentVersion.empty() && sentVersion != apiVersion)
        return ApiFailure(
            badRequest("the API version in the data (" + sentVersion + ") does not match the expected API version (" + apiVersion + ")"));
    object.set("apiVersion", apiVersion);
    object.set("kind", kind.kind);
    return {};
}

} // namespace

api::ApiResult<void> matchRequest(const ResourceRequest& request, Value& object)
{
    const auto& kind = *request.kind;
    if (!object.isObject())
        return ApiFailure(badRequest("the request's body is not an object"));
    if (auto matched = matchType(kind, object); !matched)
        return matched;
    auto sentNs = std::string(object.str("metadata", "namespace")), sentName = std::string(object.str("metadata", "name"));
    if (kind.namespaced && !sentNs.empty() && sentNs != request.ns)
        return ApiFailure(badRequest("the namespace of the provided object does not match the namespace sent on the request"));
    if (!request.name.empty() && !sentName.empty() && sentName != request.name)
        return ApiFailure(badRequest("the name of the object (" + sentName + ") does not match the name on the URL (" + request.name + ")"));
    auto& meta = object.edit("metadata");
    if (!request.name.empty())
        meta.set("name", request.name);
    if (kind.namespaced)
        meta.set("namespace", request.ns);
    else
        meta.erase("namespace");
    return {};
}

void fillForCreate(const ResourceRequest& request, Value& object, const std::string& now, Random& random)
{
    auto& meta = object.edit("metadata");
    for (auto field : kServerFields)
        meta.erase(field);
    meta.set("uid", random.uuid());
    meta.set("creationTimestamp", now);
    if (request.kind->bumpsGeneration)
        meta.set("generation", 1);
}

api::ApiResult<void> checkVersion(const ResourceRequest& request, const Value& live, const Value& proposed)
{
    auto version = proposed.str("metadata", "resourceVersion");
    if (!version.empty() && version != live.str("metadata", "resourceVersion"))
        return ApiFailure(api::conflict(request.resource(), request.name,
            "the object has been modified; please apply your changes to the latest version and try again"));
    auto uid = proposed.str("metadata", "uid");
    if (!uid.empty() && uid != live.str("metadata", "uid"))
        return ApiFailure(api::conflict(request.resource(), request.name,
            "Precondition failed: UID in precondition: " + std::string(uid) + ", UID in object meta: " + std::string(live.str("metadata", "uid"))));
    return {};
}

void keepServerFields(const Value& live, Value& proposed)
{
    const auto& before = live.get("metadata");
    auto& meta = proposed.edit("metadata");
    for (auto field : kServerFields)
        copyMember(before, meta, field);
    copyMember(before, meta, "resourceVersion");
    // Who sends none keeps them; who sends an empty list gives them up.
    if (!meta.has("managedFields"))
        copyMember(before, meta, "managedFields");
}

void bumpGeneration(const api::KindDescription& kind, const Value& live, Value& proposed)
{
    if (!kind.bumpsGeneration)
        return;
    auto counts = [](std::string_view key) { return key != "metadata" && key != "status"; };
    auto differs = [&](const Value& left, const Value& right) {
        for (const auto& member : left.members()) {
            if (counts(member.key) && !(member.value == right.get(member.key)))
                return true;
        }
        return false;
    };
    if (differs(live, proposed) || differs(proposed, live))
        proposed.edit("metadata").set("generation", live.get("metadata", "generation").asInt() + 1);
}

bool hasFinalizers(const api::KindDescription& kind, const Value& object)
{
    if (object.get("metadata", "finalizers").size() > 0)
        return true;
    return kind.group.empty() && kind.kind == "Namespace" && object.get("spec", "finalizers").size() > 0;
}

bool sameContent(const Value& left, const Value& right)
{
    if (left.size() != right.size())
        return false;
    auto ignored = [](std::string_view key) { return key == "managedFields" || key == "resourceVersion"; };
    auto sameMeta = [&](const Value& one, const Value& other) {
        return std::all_of(one.members().begin(), one.members().end(),
            [&](const auto& member) { return ignored(member.key) || member.value == other.get(member.key); });
    };
    for (const auto& member : left.members()) {
        const auto& other = right.get(member.key);
        bool same = member.key.view() == "metadata" ? sameMeta(member.value, other) && sameMeta(other, member.value) : member.value == other;
        if (!same)
            return false;
    }
    return true;
}

} // namespace kates::apiserver
