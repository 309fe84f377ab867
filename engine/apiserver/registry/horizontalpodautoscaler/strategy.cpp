#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

// Both versions; the metrics only v2 has.
class HorizontalPodAutoscalerStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext& context, Value& autoscaler) const override { defaultMetrics(context, autoscaler); }
    void prepareForUpdate(const StrategyContext& context, Value& autoscaler, const Value&) const override { defaultMetrics(context, autoscaler); }

    void validate(const StrategyContext& context, const Value& autoscaler, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = autoscaler.get("spec");
        const Value& maximum = spec.get("maxReplicas");
        if (spec.get("minReplicas").asInt(1) < 1)
            errors.invalid(path.child("minReplicas"), spec.get("minReplicas"), "must be greater than or equal to 1");
        if (maximum.asInt() < 1)
            errors.invalid(path.child("maxReplicas"), maximum, "must be greater than 0");
        else if (maximum.asInt() < spec.get("minReplicas").asInt(1))
            errors.invalid(path.child("maxReplicas"), maximum, "must be greater than or equal to `minReplicas`");
        requirePositive(path.child("targetCPUUtilizationPercentage"), spec.get("targetCPUUtilizationPercentage"), errors);
        const FieldPath target = path.child("scaleTargetRef");
        for (const std::string_view field : {"kind", "name"}) {
            if (const std::string_view name = spec.str("scaleTargetRef", field); !name.empty())
                requireName(target.child(field), name, pathSegmentProblem, errors);
        }
    }

private:
    static void defaultMetrics(const StrategyContext& context, Value& autoscaler)
    {
        constexpr std::int64_t kCpuPercent = 80;
        if (context.kind.version != "v2" || context.subresource == "status" || autoscaler.get("spec", "metrics").size() > 0)
            return;
        autoscaler.edit("spec").set("metrics", Value::array({Value::object({{"type", "Resource"},
            {"resource", Value::object({{"name", "cpu"},
                {"target", Value::object({{"type", "Utilization"}, {"averageUtilization", kCpuPercent}})}})}})}));
    }
};

} // namespace

const Strategy& horizontalPodAutoscalerStrategy()
{
    static const HorizontalPodAutoscalerStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
