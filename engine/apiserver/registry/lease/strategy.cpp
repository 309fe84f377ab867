#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

namespace {

class LeaseStrategy : public Strategy {
public:
    void validate(const StrategyContext&, const api::Value& lease, api::FieldErrors& errors) const override
    {
        const api::FieldPath spec("spec");
        requirePositive(spec.child("leaseDurationSeconds"), lease.get("spec", "leaseDurationSeconds"), errors);
        requireNonNegative(spec.child("leaseTransitions"), lease.get("spec", "leaseTransitions"), errors);
        if (lease.get("spec").has("preferredHolder") && lease.str("spec", "strategy").empty())
            errors.forbidden(spec.child("preferredHolder"), "may only be specified if `strategy` is defined");
    }
};

} // namespace

const Strategy& leaseStrategy()
{
    static const LeaseStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
