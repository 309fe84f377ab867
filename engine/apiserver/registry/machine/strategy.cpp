#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

class MachineStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& machine) const override { machine.set("status", Value::object({{"phase", "Pending"}})); }

    void validate(const StrategyContext& context, const Value& machine, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = machine.get("spec");
        const Value& count = spec.get("simulatedCount");
        if (spec.str("role") == "SimulatedNodes" && count.asInt() < 1)
            errors.required(path.child("simulatedCount"), "a machine of simulated nodes hosts at least one");
        else if (!spec.str("role").empty() && spec.str("role") != "SimulatedNodes" && count.asInt() != 0)
            errors.forbidden(path.child("simulatedCount"), "only a machine of simulated nodes hosts them");
    }

    void validateUpdate(const StrategyContext&, const Value& machine, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        for (const std::string_view field : {"clusterName", "role", "index"})
            requireUnchanged(path.child(field), machine.get("spec", field), old.get("spec", field), errors);
    }
};

} // namespace

const Strategy& machineStrategy()
{
    static const MachineStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
