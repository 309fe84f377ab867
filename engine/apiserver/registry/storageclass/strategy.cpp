#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

namespace {

class StorageClassStrategy : public Strategy {
public:
    void validate(const StrategyContext&, const api::Value& object, api::FieldErrors& errors) const override
    {
        const api::FieldPath provisioner("provisioner");
        if (!object.str("provisioner").empty())
            requireName(provisioner, object.str("provisioner"), api::qualifiedNameProblem, errors);
    }

    void validateUpdate(const StrategyContext&, const api::Value& object, const api::Value& old, api::FieldErrors& errors) const override
    {
        const api::FieldPath root;
        if (!sameOrBothEmpty(object.get("parameters"), old.get("parameters")))
            errors.forbidden(root.child("parameters"), "updates to parameters are forbidden.");
        if (object.get("provisioner") != old.get("provisioner"))
            errors.forbidden(root.child("provisioner"), "updates to provisioner are forbidden.");
        if (object.get("reclaimPolicy") != old.get("reclaimPolicy"))
            errors.forbidden(root.child("reclaimPolicy"), "updates to reclaimPolicy are forbidden.");
        requireUnchanged(root.child("volumeBindingMode"), object.get("volumeBindingMode"), old.get("volumeBindingMode"), errors);
    }
};

} // namespace

const Strategy& storageClassStrategy()
{
    static const StorageClassStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
