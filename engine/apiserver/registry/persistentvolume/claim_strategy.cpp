#include "engine/api/quantity.h"
#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Quantity;
using api::Value;

namespace {

constexpr std::string_view kForbidden = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

// `spec` with what may change after creation as it was: the volume it is bound to, more storage, another attributes class.
Value withoutAllowedChanges(const Value& spec, const Value& old)
{
    Value result = spec;
    const auto restore = [&](std::string_view field) {
        if (const Value* before = old.find(field))
            result.set(field, *before);
        else
            result.erase(field);
    };
    if (old.str("volumeName").empty())
        restore("volumeName");
    restore("resources");
    restore("volumeAttributesClassName");
    return result;
}

class PersistentVolumeClaimStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& claim) const override { claim.set("status", Value::object({{"phase", "Pending"}})); }

    void validate(const StrategyContext& context, const Value& claim, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = claim.get("spec");
        if (spec.get("accessModes").size() == 0)
            errors.required(path.child("accessModes"), "at least 1 access mode is required");
        const FieldPath requests = path.child("resources.requests");
        const Value& storage = spec.get("resources", "requests", "storage");
        if (storage.isNull())
            errors.required(path.child("resources[storage]"));
        else if (!(Quantity() < Quantity::fromValue(storage)))
            errors.invalid(requests.key("storage"), storage, "must be greater than zero");
        const FieldPath selector = path.child("selector");
        validateLabelSelector(selector, spec.get("selector"), errors);
        if (!spec.str("storageClassName").empty())
            requireName(path.child("storageClassName"), spec.str("storageClassName"), api::dns1123SubdomainProblem, errors);
    }

    void validateUpdate(const StrategyContext& context, const Value& claim, const Value& old, FieldErrors& errors) const override
    {
        if (!context.subresource.empty())
            return;
        const FieldPath path("spec");
        if (withoutAllowedChanges(claim.get("spec"), old.get("spec")) != old.get("spec"))
            errors.forbidden(path, kForbidden);
        const Quantity before = Quantity::fromValue(old.get("spec", "resources", "requests", "storage"));
        const Quantity now = Quantity::fromValue(claim.get("spec", "resources", "requests", "storage"));
        const FieldPath requests = path.child("resources.requests.storage");
        if (now < before)
            errors.forbidden(requests, "field can not be less than previous value");
        else if (before < now && old.str("status", "phase") != "Bound")
            errors.forbidden(path, kForbidden);
    }
};

} // namespace

const Strategy& persistentVolumeClaimStrategy()
{
    static const PersistentVolumeClaimStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
