#include "engine/api/conversion_autoscaling.h"

#include "engine/api/json.h"

namespace kates::api {

namespace {

bool isCpuUtilization(const Value& metric)
{
    return metric.str("type") == "Resource" && metric.str("resource", "name") == "cpu";
}

// Moves object.<section>.<name> into the annotation's document.
void setAside(Value& object, Value& aside, std::string_view section, std::string_view name)
{
    const Value value = object.get(section, name);
    if (value.isNull())
        return;
    aside.edit(section).set(name, value);
    object.edit(section).erase(name);
}

void bringBack(Value& object, const Value& aside, std::string_view section, std::string_view name)
{
    if (const Value* value = aside.get(section).find(name))
        object.edit(section).set(name, *value);
}

// The first CPU metric becomes `number`; the other ones stay in `list`.
void splitCpu(Value& object, std::string_view section, std::string_view list, std::string_view number, std::string_view side)
{
    Value others = Value::array(std::vector<Value>());
    bool found = false;
    for (const Value& metric : object.get(section, list)) {
        const Value& utilization = metric.get("resource", side, "averageUtilization");
        if (found || !isCpuUtilization(metric) || utilization.isNull()) {
            others.push(metric);
            continue;
        }
        found = true;
        object.edit(section).set(number, utilization);
    }
    if (others.size() > 0)
        object.edit(section).set(list, others);
    else if (object.get(section).has(list))
        object.edit(section).erase(list);
}

void joinCpu(Value& object, std::string_view section, std::string_view list, std::string_view number, Value metric)
{
    if (object.get(section, number).isNull())
        return;
    object.edit(section).erase(number);
    object.edit(section, list).insert(0, std::move(metric));
}

} // namespace

void autoscalerToV2(Value& object)
{
    if (const std::string_view text = object.str("metadata", "annotations", kAutoscalerV2Annotation); !text.empty()) {
        const auto aside = parseJson(text);
        object.edit("metadata", "annotations").erase(kAutoscalerV2Annotation);
        if (object.get("metadata", "annotations").size() == 0)
            object.edit("metadata").erase("annotations");
        if (aside) {
            bringBack(object, *aside, "spec", "metrics");
            bringBack(object, *aside, "spec", "behavior");
            bringBack(object, *aside, "status", "currentMetrics");
            bringBack(object, *aside, "status", "conditions");
        }
    }
    const Value target = object.get("spec", "targetCPUUtilizationPercentage");
    joinCpu(object, "spec", "metrics", "targetCPUUtilizationPercentage",
        Value::object({{"type", "Resource"},
            {"resource", Value::object({{"name", "cpu"}, {"target", Value::object({{"type", "Utilization"}, {"averageUtilization", target}})}})}}));
    const Value current = object.get("status", "currentCPUUtilizationPercentage");
    joinCpu(object, "status", "currentMetrics", "currentCPUUtilizationPercentage",
        Value::object({{"type", "Resource"},
            {"resource", Value::object({{"name", "cpu"}, {"current", Value::object({{"averageUtilization", current}})}})}}));
}

void autoscalerToV1(Value& object)
{
    splitCpu(object, "spec", "metrics", "targetCPUUtilizationPercentage", "target");
    splitCpu(object, "status", "currentMetrics", "currentCPUUtilizationPercentage", "current");
    Value aside;
    setAside(object, aside, "spec", "metrics");
    setAside(object, aside, "spec", "behavior");
    setAside(object, aside, "status", "currentMetrics");
    setAside(object, aside, "status", "conditions");
    if (!aside.isNull())
        object.edit("metadata", "annotations").set(kAutoscalerV2Annotation, toJson(aside));
}

} // namespace kates::api
