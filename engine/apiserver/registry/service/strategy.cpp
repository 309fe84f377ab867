#include "engine/apiserver/registry/common/adjust.h"
#include "engine/apiserver/registry/service/service_checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

bool hasClusterIp(const Value& spec)
{
    return spec.str("type") != "ExternalName";
}

void defaultPorts(Value& spec)
{
    for (std::size_t i = 0; i < spec.get("ports").size(); ++i) {
        const Value& port = spec.get("ports").at(i);
        const Value& target = port.get("targetPort");
        if (target.isEmpty()) {
            const Value number = port.get("port");
            spec.edit("ports").editAt(i).set("targetPort", number);
        }
    }
}

// clusterIP is clusterIPs[0]; who sets one of them means both.
void syncClusterIps(Value& spec)
{
    const std::string ip(spec.str("clusterIP"));
    if (!ip.empty() && spec.get("clusterIPs").size() == 0)
        spec.set("clusterIPs", Value::array({Value(ip)}));
    else if (ip.empty() && spec.get("clusterIPs").size() > 0)
        spec.set("clusterIP", spec.get("clusterIPs").at(0));
}

void defaultFamilies(Value& spec)
{
    if (!hasClusterIp(spec))
        return;
    if (!spec.has("ipFamilyPolicy"))
        spec.set("ipFamilyPolicy", "SingleStack");
    if (spec.get("ipFamilies").size() == 0)
        spec.set("ipFamilies", Value::array({Value(spec.str("clusterIP").find(':') == std::string_view::npos ? "IPv4" : "IPv6")}));
}

const Value& matchingPort(const Value& oldPorts, const Value& port)
{
    static const Value none;
    for (const Value& old : oldPorts) {
        if (old.str("name") == port.str("name") && old.get("port") == port.get("port") && old.str("protocol") == port.str("protocol"))
            return old;
    }
    return none;
}

// What was allocated stays when an update leaves it out.
void keepAllocated(Value& spec, const Value& old)
{
    if (hasClusterIp(spec) && hasClusterIp(old) && spec.str("clusterIP").empty() && spec.get("clusterIPs").size() == 0) {
        spec.set("clusterIP", old.get("clusterIP"));
        spec.set("clusterIPs", old.get("clusterIPs"));
    }
    const std::string type(spec.str("type"));
    if ((type == "NodePort" || type == "LoadBalancer") && type == old.str("type")) {
        for (std::size_t i = 0; i < spec.get("ports").size(); ++i) {
            const Value& port = spec.get("ports").at(i);
            const Value& before = matchingPort(old.get("ports"), port).get("nodePort");
            if (port.get("nodePort").asInt() == 0 && before.asInt() != 0)
                spec.edit("ports").editAt(i).set("nodePort", before);
        }
        if (spec.str("externalTrafficPolicy") == "Local" && spec.get("healthCheckNodePort").asInt() == 0 && old.has("healthCheckNodePort"))
            spec.set("healthCheckNodePort", old.get("healthCheckNodePort"));
    }
}

// A service that stops having what a type needs gives it up: an ExternalName has no cluster IP, a ClusterIP no node ports.
void dropUnused(Value& spec, const Value& old)
{
    if (!hasClusterIp(spec) && hasClusterIp(old)) {
        for (const std::string_view field : {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"})
            spec.erase(field);
    }
    if (spec.str("type") == "ClusterIP" && old.str("type") != "ClusterIP") {
        for (std::size_t i = 0; i < spec.get("ports").size(); ++i) {
            if (matchingPort(old.get("ports"), spec.get("ports").at(i)).get("nodePort") == spec.get("ports").at(i).get("nodePort"))
                spec.edit("ports").editAt(i).erase("nodePort");
        }
        spec.erase("externalTrafficPolicy");
        spec.erase("allocateLoadBalancerNodePorts");
        spec.erase("healthCheckNodePort");
    }
}

class ServiceStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& service) const override
    {
        Value& spec = service.edit("spec");
        defaultPorts(spec);
        syncClusterIps(spec);
        defaultFamilies(spec);
        service.set("status", Value::object({{"loadBalancer", Value::object()}}));
    }

    void prepareForUpdate(const StrategyContext&, Value& service, const Value& old) const override
    {
        adjust(service, "spec", [&](Value& spec) {
            defaultPorts(spec);
            keepAllocated(spec, old.get("spec"));
            dropUnused(spec, old.get("spec"));
            syncClusterIps(spec);
            defaultFamilies(spec);
        });
    }

    void validate(const StrategyContext& context, const Value& service, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        if (context.subresource != "status")
            validateServiceSpec(path, service.get("spec"), errors);
    }

    void validateUpdate(const StrategyContext&, const Value& service, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        const Value& before = old.get("spec", "clusterIPs");
        const Value& now = service.get("spec", "clusterIPs");
        const bool both = hasClusterIp(service.get("spec")) && hasClusterIp(old.get("spec"));
        if (both && before.size() > 0 && now.at(0) != before.at(0))
            errors.invalid(path.child("clusterIPs[0]"), now.isNull() ? Value::array(std::vector<Value>()) : now, "may not change once set");
    }

    // The name is a DNS label of the cluster's zone, and becomes part of environment variables.
    api::NameProblem nameProblem(std::string_view name) const override { return api::dns1035LabelProblem(name); }
};

} // namespace

const Strategy& serviceStrategy()
{
    static const ServiceStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
