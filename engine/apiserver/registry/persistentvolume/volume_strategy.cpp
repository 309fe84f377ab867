#include <algorithm>

#include "engine/api/quantity.h"
#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

// The fields of a volume's spec that are not its source.
bool isCommonField(std::string_view field)
{
    constexpr std::string_view kFields[] {"capacity", "accessModes", "claimRef", "persistentVolumeReclaimPolicy", "storageClassName", "mountOptions",
        "volumeMode", "nodeAffinity", "volumeAttributesClassName"};
    return std::ranges::find(kFields, field) != std::end(kFields);
}

Value sourceOf(const Value& spec)
{
    Value source = Value::object();
    for (const api::Member& member : spec.members()) {
        if (!isCommonField(member.key))
            source.set(member.key, member.value);
    }
    return source;
}

class PersistentVolumeStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& volume) const override
    {
        volume.set("status", Value::object({{"phase", "Pending"}}));
    }

    void validate(const StrategyContext& context, const Value& volume, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = volume.get("spec");
        if (spec.get("accessModes").size() == 0)
            errors.required(path.child("accessModes"));
        const FieldPath capacity = path.child("capacity");
        if (spec.get("capacity", "storage").isNull())
            errors.required(spec.get("capacity").size() == 0 ? capacity : capacity.key("storage"));
        else if (!(api::Quantity() < api::Quantity::fromValue(spec.get("capacity", "storage"))))
            errors.invalid(capacity.key("storage"), spec.get("capacity", "storage"), "must be greater than zero");
        const Value source = sourceOf(spec);
        if (source.size() == 0)
            errors.required(path, "must specify a volume type");
        else if (source.size() > 1)
            errors.forbidden(path.child((source.members().begin() + 1)->key), "may not specify more than 1 volume type");
    }

    void validateUpdate(const StrategyContext& context, const Value& volume, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        const FieldPath source = path.child("persistentvolumesource");
        if (context.subresource.empty() && sourceOf(volume.get("spec")) != sourceOf(old.get("spec")))
            errors.forbidden(source, "spec.persistentvolumesource is immutable after creation");
        requireUnchanged(path.child("volumeMode"), volume.get("spec", "volumeMode"), old.get("spec", "volumeMode"), errors);
    }
};

} // namespace

const Strategy& persistentVolumeStrategy()
{
    static const PersistentVolumeStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
