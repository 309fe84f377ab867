#include "engine/apiserver/registry/strategies.h"
#include "engine/apiserver/registry/workload/workload_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

void validateRollingUpdate(const FieldPath& path, const Value& rolling, FieldErrors& errors)
{
    const FieldPath unavailable = path.child("maxUnavailable");
    const FieldPath surge = path.child("maxSurge");
    requireCountOrPercent(unavailable, rolling.get("maxUnavailable"), errors);
    requireCountOrPercent(surge, rolling.get("maxSurge"), errors);
    constexpr std::int64_t kWhole = 100;
    const bool hasUnavailable = scaledValue(rolling.get("maxUnavailable"), kWhole, true) > 0;
    const bool hasSurge = scaledValue(rolling.get("maxSurge"), kWhole, true) > 0;
    if (!hasUnavailable && !hasSurge)
        errors.required(unavailable, "cannot be 0 when maxSurge is 0");
    else if (hasUnavailable && hasSurge)
        errors.invalid(surge, rolling.get("maxSurge"), "may not be set when maxUnavailable is non-zero");
}

class DaemonSetStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& object) const override { prepareTemplate(object); }
    void prepareForUpdate(const StrategyContext&, Value& object, const Value&) const override { prepareTemplate(object); }

    void validate(const StrategyContext& context, const Value& object, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = object.get("spec");
        constexpr std::string_view kCounts[] {"minReadySeconds", "revisionHistoryLimit"};
        requireNonNegativeFields(path, spec, kCounts, errors);
        validateSelectorAndTemplate(path, spec, "daemonset", errors);
        requireLongRunningTemplate(path, spec, "DaemonSet", errors);
        if (const Value& rolling = spec.get("updateStrategy", "rollingUpdate"); !rolling.isNull()) {
            const FieldPath rollingPath = path.child("updateStrategy.rollingUpdate");
            validateRollingUpdate(rollingPath, rolling, errors);
        }
    }

    void validateUpdate(const StrategyContext&, const Value& object, const Value& old, FieldErrors& errors) const override
    {
        requireUnchangedField(object, old, "selector", errors);
    }
};

} // namespace

const Strategy& daemonSetStrategy()
{
    static const DaemonSetStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
