#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

class PodDisruptionBudgetStrategy : public Strategy {
public:
    void validate(const StrategyContext& context, const Value& budget, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = budget.get("spec");
        if (spec.has("minAvailable") && spec.has("maxUnavailable"))
            errors.invalid(path, spec, "minAvailable and maxUnavailable cannot be both set");
        for (const std::string_view field : {"minAvailable", "maxUnavailable"})
            requireCountOrPercent(path.child(field), spec.get(field), errors);
        const FieldPath selector = path.child("selector");
        validateLabelSelector(selector, spec.get("selector"), errors);
    }
};

} // namespace

const Strategy& podDisruptionBudgetStrategy()
{
    static const PodDisruptionBudgetStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
