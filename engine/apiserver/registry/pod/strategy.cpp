#include "engine/apiserver/registry/common/adjust.h"
#include "engine/apiserver/registry/pod/pod_checks.h"
#include "engine/apiserver/registry/pod/pod_defaults.h"
#include "engine/apiserver/registry/strategies.h"
#include "engine/base/time.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

class PodStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext& context, Value& pod) const override { preparePod(pod, formatTime(context.now)); }

    void prepareForUpdate(const StrategyContext&, Value& pod, const Value& old) const override
    {
        adjust(pod, "spec", preparePodSpec);
        // The class was decided when the pod was made.
        if (const Value& qos = old.get("status", "qosClass"); !qos.isNull())
            adjust(pod, "status", [&](Value& status) { setIfDifferent(status, "qosClass", qos); });
    }

    void validate(const StrategyContext& context, const Value& pod, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        if (context.subresource != "status")
            validatePodSpec(path, pod.get("spec"), errors);
    }

    void validateCreate(const StrategyContext&, const Value& pod, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        if (pod.get("spec", "ephemeralContainers").size() > 0)
            errors.forbidden(path.child("ephemeralContainers"), "cannot be set on create");
    }

    void validateUpdate(const StrategyContext& context, const Value& pod, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        // Binding, ephemeral containers and resizing change what an update of the pod itself may not.
        if (context.subresource.empty())
            validatePodUpdate(path, pod.get("spec"), old.get("spec"), errors);
    }

    std::int64_t gracePeriodSeconds(const Value& pod, std::optional<std::int64_t> requested) const override
    {
        constexpr std::int64_t kDefaultSeconds = 30;
        const std::string_view phase = pod.str("status", "phase");
        if (pod.str("spec", "nodeName").empty() || phase == "Succeeded" || phase == "Failed")
            return 0; // nothing runs
        const std::int64_t seconds = requested ? *requested : pod.get("spec", "terminationGracePeriodSeconds").asInt(kDefaultSeconds);
        return seconds < 0 ? 1 : seconds;
    }
};

} // namespace

const Strategy& podStrategy()
{
    static const PodStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
