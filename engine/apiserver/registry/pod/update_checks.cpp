#include <algorithm>

#include "engine/apiserver/registry/pod/pod_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

constexpr std::string_view kForbidden = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                                        "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                                        "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

bool holds(const Value& list, const Value& item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

// `spec` with everything that may change as it was.
Value withoutAllowedChanges(const Value& spec, const Value& old)
{
    Value result = spec;
    for (const std::string_view field : {"activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "schedulingGates"}) {
        if (const Value* before = old.find(field))
            result.set(field, *before);
        else
            result.erase(field);
    }
    for (const std::string_view list : {"containers", "initContainers"}) {
        const std::size_t count = std::min(spec.get(list).size(), old.get(list).size());
        for (std::size_t i = 0; i < count; ++i) {
            if (const Value& image = old.get(list).at(i).get("image"); image != spec.get(list).at(i).get("image"))
                result.edit(list).editAt(i).set("image", image);
        }
    }
    return result;
}

void validateDeadline(const FieldPath& path, const Value& now, const Value& before, FieldErrors& errors)
{
    if (before.isNull())
        return;
    if (now.isNull())
        errors.invalid(path, now, "must not update from a positive integer to nil value");
    else if (now.asInt() > before.asInt())
        errors.invalid(path, now, "must be less than or equal to previous value");
}

} // namespace

void validatePodUpdate(const FieldPath& path, const Value& spec, const Value& old, FieldErrors& errors)
{
    if (spec.get("containers").size() != old.get("containers").size())
        errors.forbidden(path.child("containers"), "pod updates may not add or remove containers");
    if (spec.get("initContainers").size() != old.get("initContainers").size())
        errors.forbidden(path.child("initContainers"), "pod updates may not add or remove containers");
    validateDeadline(path.child("activeDeadlineSeconds"), spec.get("activeDeadlineSeconds"), old.get("activeDeadlineSeconds"), errors);
    for (const Value& toleration : old.get("tolerations")) {
        const Value& tolerations = spec.get("tolerations");
        const bool kept = std::any_of(tolerations.begin(), tolerations.end(), [&](const Value& item) {
            Value sameSeconds = item; // how long may change, what is tolerated may not
            if (const Value* seconds = toleration.find("tolerationSeconds"))
                sameSeconds.set("tolerationSeconds", *seconds);
            return sameSeconds == toleration;
        });
        if (!kept) {
            errors.forbidden(path.child("tolerations"), "existing toleration can not be modified except its tolerationSeconds");
            break;
        }
    }
    for (const Value& gate : spec.get("schedulingGates")) {
        if (!holds(old.get("schedulingGates"), gate)) {
            errors.forbidden(path.child("schedulingGates"),
                "only deletion is allowed, but found new scheduling gate '" + std::string(gate.str("name")) + "'");
            break;
        }
    }
    const Value& grace = old.get("terminationGracePeriodSeconds");
    const bool graceFixed = grace.asInt() < 0 && spec.get("terminationGracePeriodSeconds").asInt() == 1;
    if (!graceFixed && !sameOrBothEmpty(spec.get("terminationGracePeriodSeconds"), grace))
        errors.forbidden(path, kForbidden);
    else if (withoutAllowedChanges(spec, old) != old)
        errors.forbidden(path, kForbidden);
}

} // namespace kates::apiserver
