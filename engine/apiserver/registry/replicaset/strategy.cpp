#include "engine/api/selector.h"
#include "engine/apiserver/registry/pod/pod_checks.h"
#include "engine/apiserver/registry/strategies.h"
#include "engine/apiserver/registry/workload/workload_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

bool hasMapSelector(const StrategyContext& context)
{
    return context.kind.group.empty(); // ReplicationController
}

// A ReplicationController selects its template's labels unless it says otherwise.
void defaultMapSelector(Value& object)
{
    const Value labels = object.get("spec", "template", "metadata", "labels");
    if (labels.size() == 0)
        return;
    if (object.get("spec", "selector").size() == 0)
        object.edit("spec").set("selector", labels);
    labelLikeTemplate(object);
}

void validateMapSelector(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    const FieldPath podTemplate = path.child("template");
    const Value& labels = spec.get("template", "metadata", "labels");
    validatePodTemplate(podTemplate, spec.get("template"), errors);
    if (spec.get("selector").size() == 0)
        errors.required(path.child("selector"));
    else if (!api::LabelSelector::fromMap(spec.get("selector")).matches(labels))
        errors.invalid(podTemplate.child("metadata.labels"), labels, "`selector` does not match template `labels`");
}

class ReplicaSetStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext& context, Value& object) const override { prepare(context, object); }
    void prepareForUpdate(const StrategyContext& context, Value& object, const Value&) const override { prepare(context, object); }

    void validate(const StrategyContext& context, const Value& object, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = object.get("spec");
        constexpr std::string_view kCounts[] {"replicas", "minReadySeconds"};
        requireNonNegativeFields(path, spec, kCounts, errors);
        if (hasMapSelector(context))
            validateMapSelector(path, spec, errors);
        else
            validateSelectorAndTemplate(path, spec, "replicaset", errors);
        requireLongRunningTemplate(path, spec, context.kind.kind, errors);
    }

    void validateUpdate(const StrategyContext& context, const Value& object, const Value& old, FieldErrors& errors) const override
    {
        if (!hasMapSelector(context))
            requireUnchangedField(object, old, "selector", errors);
    }

private:
    static void prepare(const StrategyContext& context, Value& object)
    {
        prepareTemplate(object);
        if (hasMapSelector(context))
            defaultMapSelector(object);
    }
};

} // namespace

const Strategy& replicaSetStrategy()
{
    static const ReplicaSetStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
