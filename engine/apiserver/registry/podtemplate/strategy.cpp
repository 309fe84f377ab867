#include "engine/apiserver/registry/common/adjust.h"
#include "engine/apiserver/registry/pod/pod_checks.h"
#include "engine/apiserver/registry/pod/pod_defaults.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

namespace {

class PodTemplateStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, api::Value& object) const override
    {
        adjust(object, "template", [](api::Value& podTemplate) { adjust(podTemplate, "spec", preparePodSpec); });
    }

    void prepareForUpdate(const StrategyContext& context, api::Value& object, const api::Value&) const override { prepareForCreate(context, object); }

    void validate(const StrategyContext&, const api::Value& object, api::FieldErrors& errors) const override
    {
        const api::FieldPath path("template");
        validatePodTemplate(path, object.get("template"), errors);
    }
};

} // namespace

const Strategy& podTemplateStrategy()
{
    static const PodTemplateStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
