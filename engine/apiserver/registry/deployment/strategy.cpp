#include "engine/apiserver/registry/strategies.h"
#include "engine/apiserver/registry/workload/workload_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

void validateRollingUpdate(const FieldPath& path, const Value& strategy, FieldErrors& errors)
{
    const Value& rolling = strategy.get("rollingUpdate");
    const FieldPath rollingPath = path.child("rollingUpdate");
    if (strategy.str("type") == "Recreate") {
        if (!rolling.isNull())
            errors.forbidden(rollingPath, "may not be specified when strategy `type` is 'Recreate'");
        return;
    }
    if (rolling.isNull()) {
        errors.required(rollingPath, "this should be defaulted and never be nil");
        return;
    }
    const Value& unavailable = rolling.get("maxUnavailable");
    requireCountOrPercent(rollingPath.child("maxUnavailable"), unavailable, errors);
    requireCountOrPercent(rollingPath.child("maxSurge"), rolling.get("maxSurge"), errors);
    constexpr std::int64_t kWhole = 100;
    if (scaledValue(unavailable, kWhole, false) == 0 && scaledValue(rolling.get("maxSurge"), kWhole, true) == 0)
        errors.invalid(rollingPath.child("maxUnavailable"), unavailable, "may not be 0 when `maxSurge` is 0");
    if (unavailable.isString() && scaledValue(unavailable, kWhole, false) > kWhole)
        errors.invalid(rollingPath.child("maxUnavailable"), unavailable, "must not be greater than 100%");
}

class DeploymentStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& object) const override { prepareTemplate(object); }
    void prepareForUpdate(const StrategyContext&, Value& object, const Value&) const override { prepareTemplate(object); }

    void validate(const StrategyContext& context, const Value& object, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = object.get("spec");
        constexpr std::string_view kCounts[] {"replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"};
        requireNonNegativeFields(path, spec, kCounts, errors);
        validateSelectorAndTemplate(path, spec, "deployment", errors);
        requireLongRunningTemplate(path, spec, "ReplicaSet", errors);
        const FieldPath strategy = path.child("strategy");
        validateRollingUpdate(strategy, spec.get("strategy"), errors);
        const Value& deadline = spec.get("progressDeadlineSeconds");
        if (!deadline.isNull() && deadline.asInt() <= spec.get("minReadySeconds").asInt())
            errors.invalid(path.child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
    }

    void validateUpdate(const StrategyContext&, const Value& object, const Value& old, FieldErrors& errors) const override
    {
        requireUnchangedField(object, old, "selector", errors);
    }
};

} // namespace

const Strategy& deploymentStrategy()
{
    static const DeploymentStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
