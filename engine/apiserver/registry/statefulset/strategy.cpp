#include <algorithm>

#include "engine/apiserver/registry/common/adjust.h"
#include "engine/apiserver/registry/strategies.h"
#include "engine/apiserver/registry/workload/workload_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

constexpr std::string_view kForbidden = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                                        "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

bool mayChange(std::string_view field)
{
    constexpr std::string_view kFields[] {"replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit",
        "persistentVolumeClaimRetentionPolicy", "minReadySeconds"};
    return std::ranges::find(kFields, field) != std::end(kFields);
}

bool changesMore(const Value& spec, const Value& old)
{
    const auto differs = [](const Value& left, const Value& right) {
        for (const api::Member& member : left.members()) {
            if (!mayChange(member.key) && !sameOrBothEmpty(member.value, right.get(member.key)))
                return true;
        }
        return false;
    };
    return differs(spec, old) || differs(old, spec);
}

// A claim of a template is of kind PersistentVolumeClaim and is pending.
void prepareClaims(Value& object)
{
    for (std::size_t i = 0; i < object.get("spec", "volumeClaimTemplates").size(); ++i) {
        if (object.get("spec", "volumeClaimTemplates").at(i).str("kind") == "PersistentVolumeClaim")
            continue;
        Value& claim = object.edit("spec", "volumeClaimTemplates").editAt(i);
        claim.set("apiVersion", "v1");
        claim.set("kind", "PersistentVolumeClaim");
    }
}

class StatefulSetStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& object) const override
    {
        prepareTemplate(object);
        prepareClaims(object);
    }

    void prepareForUpdate(const StrategyContext& context, Value& object, const Value&) const override { prepareForCreate(context, object); }

    void validate(const StrategyContext& context, const Value& object, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = object.get("spec");
        constexpr std::string_view kCounts[] {"replicas", "minReadySeconds", "revisionHistoryLimit"};
        requireNonNegativeFields(path, spec, kCounts, errors);
        requireNonNegative(path.child("ordinals.start"), spec.get("ordinals", "start"), errors);
        requireNonNegative(path.child("updateStrategy.rollingUpdate.partition"), spec.get("updateStrategy", "rollingUpdate", "partition"), errors);
        requireCountOrPercent(path.child("updateStrategy.rollingUpdate.maxUnavailable"),
            spec.get("updateStrategy", "rollingUpdate", "maxUnavailable"), errors);
        validateSelectorAndTemplate(path, withClaimVolumes(spec), "statefulset", errors);
        requireLongRunningTemplate(path, spec, "StatefulSet", errors);
    }

    void validateUpdate(const StrategyContext& context, const Value& object, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        if (context.subresource.empty() && changesMore(object.get("spec"), old.get("spec")))
            errors.forbidden(path, kForbidden);
    }

private:
    // Containers may mount the claim templates: each becomes a volume of that name.
    static Value withClaimVolumes(const Value& spec)
    {
        Value result = spec;
        for (const Value& claim : spec.get("volumeClaimTemplates")) {
            const std::string_view name = claim.str("metadata", "name");
            result.edit("template", "spec", "volumes")
                .push(Value::object({{"name", name}, {"persistentVolumeClaim", Value::object({{"claimName", name}})}}));
        }
        return result;
    }
};

} // namespace

const Strategy& statefulSetStrategy()
{
    static const StatefulSetStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
