#include "engine/apiserver/registry/pod/pod_defaults.h"

#include "engine/api/quantity.h"

namespace kates::apiserver {

using api::Quantity;
using api::Value;

namespace {

constexpr std::string_view kContainerLists[] {"initContainers", "containers", "ephemeralContainers"};

// A tag that may move is pulled each time.
std::string_view pullPolicyOf(std::string_view image)
{
    if (image.find('@') != std::string_view::npos)
        return "IfNotPresent";
    const std::size_t slash = image.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? image : image.substr(slash + 1);
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos || name.substr(colon + 1) == "latest" ? "Always" : "IfNotPresent";
}

// Changes one item of spec[list]; the list is copied only when this is called.
Value& editItem(Value& spec, std::string_view list, std::size_t position)
{
    return spec.edit(list).editAt(position);
}

void useHostPorts(Value& spec, std::string_view list, std::size_t position)
{
    for (std::size_t i = 0; i < spec.get(list).at(position).get("ports").size(); ++i) {
        const Value& port = spec.get(list).at(position).get("ports").at(i);
        if (port.get("hostPort").asInt() != 0)
            continue;
        const Value containerPort = port.get("containerPort");
        editItem(spec, list, position).edit("ports").editAt(i).set("hostPort", containerPort);
    }
}

void prepareContainer(Value& spec, std::string_view list, std::size_t position)
{
    const Value& container = spec.get(list).at(position);
    if (container.str("imagePullPolicy").empty()) {
        const std::string_view policy = pullPolicyOf(container.str("image"));
        editItem(spec, list, position).set("imagePullPolicy", policy);
    }
    if (spec.get("hostNetwork").asBool())
        useHostPorts(spec, list, position);
}

bool hasSource(const Value& volume)
{
    for (const api::Member& member : volume.members()) {
        if (member.key.view() != "name" && !member.value.isNull())
            return true;
    }
    return false;
}

void requestWhatIsLimited(Value& spec, std::string_view list, std::size_t position)
{
    const Value limits = spec.get(list).at(position).get("resources", "limits");
    for (const api::Member& limit : limits.members()) {
        if (!spec.get(list).at(position).get("resources", "requests").has(limit.key))
            editItem(spec, list, position).edit("resources", "requests").set(limit.key, limit.value);
    }
}

void useServiceAccount(Value& spec)
{
    const std::string name(spec.str("serviceAccountName").empty() ? spec.str("serviceAccount") : spec.str("serviceAccountName"));
    for (const std::string_view field : {"serviceAccountName", "serviceAccount"}) {
        if (spec.str(field) != name)
            spec.set(field, name);
    }
}

} // namespace

void preparePodSpec(Value& spec)
{
    for (const std::string_view list : kContainerLists) {
        for (std::size_t i = 0; i < spec.get(list).size(); ++i)
            prepareContainer(spec, list, i);
    }
    for (std::size_t i = 0; i < spec.get("volumes").size(); ++i) {
        if (!hasSource(spec.get("volumes").at(i)))
            editItem(spec, "volumes", i).set("emptyDir", Value::object());
    }
    useServiceAccount(spec);
}

void preparePod(Value& pod, std::string_view now)
{
    Value& spec = pod.edit("spec");
    preparePodSpec(spec);
    for (const std::string_view list : {"initContainers", "containers"}) {
        for (std::size_t i = 0; i < spec.get(list).size(); ++i)
            requestWhatIsLimited(spec, list, i);
    }
    Value status = Value::object({{"phase", "Pending"}, {"qosClass", qosClass(spec)}});
    if (spec.get("schedulingGates").size() > 0) {
        status.set("conditions", Value::array({Value::object({{"type", "PodScheduled"},
            {"status", "False"},
            {"reason", "SchedulingGated"},
            {"message", "Scheduling is blocked due to non-empty scheduling gates"},
            {"lastTransitionTime", now}})}));
    }
    pod.set("status", std::move(status));
}

namespace {

struct Amounts {
    bool any = false;        // something is requested or limited
    bool guaranteed = true;  // every container limits CPU and memory and requests just that
};

void addAmounts(const Value& resources, Amounts& amounts)
{
    for (const std::string_view name : {"cpu", "memory"}) {
        const Quantity limit = Quantity::fromValue(resources.get("limits", name));
        const Value& requested = resources.get("requests", name);
        const Quantity request = requested.isNull() ? limit : Quantity::fromValue(requested);
        amounts.any = amounts.any || !limit.isZero() || !request.isZero();
        amounts.guaranteed = amounts.guaranteed && !limit.isZero() && request == limit;
    }
}

} // namespace

std::string_view qosClass(const Value& spec)
{
    Amounts amounts;
    if (const Value& podLevel = spec.get("resources"); podLevel.get("limits").size() + podLevel.get("requests").size() > 0) {
        addAmounts(podLevel, amounts);
    } else {
        for (const std::string_view list : {"initContainers", "containers"}) {
            for (const Value& container : spec.get(list))
                addAmounts(container.get("resources"), amounts);
        }
    }
    if (!amounts.any)
        return "BestEffort";
    return amounts.guaranteed ? "Guaranteed" : "Burstable";
}

} // namespace kates::apiserver
