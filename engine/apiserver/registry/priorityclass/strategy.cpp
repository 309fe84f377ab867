#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

namespace {

// Above this only the system's own classes may be.
constexpr std::int64_t kUserValueMax = 1'000'000'000;

class PriorityClassStrategy : public Strategy {
public:
    void validate(const StrategyContext&, const api::Value& object, api::FieldErrors& errors) const override
    {
        const api::FieldPath root;
        const bool system = object.str("metadata", "name").starts_with("system-");
        if (system && object.str("metadata", "name") != "system-cluster-critical" && object.str("metadata", "name") != "system-node-critical")
            errors.forbidden(root.child("metadata.name"), "priority class names with 'system-' prefix are reserved for system use only");
        if (!system && object.get("value").asInt() > kUserValueMax)
            errors.forbidden(root.child("value"), "maximum allowed value of a user defined priority is 1000000000");
    }

    void validateUpdate(const StrategyContext&, const api::Value& object, const api::Value& old, api::FieldErrors& errors) const override
    {
        const api::FieldPath root;
        if (object.get("value") != old.get("value"))
            errors.forbidden(root.child("value"), "may not be changed in an update.");
        requireUnchanged(root.child("preemptionPolicy"), object.get("preemptionPolicy"), old.get("preemptionPolicy"), errors);
    }
};

} // namespace

const Strategy& priorityClassStrategy()
{
    static const PriorityClassStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
