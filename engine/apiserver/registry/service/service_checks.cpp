#include "engine/apiserver/registry/service/service_checks.h"

#include <set>

#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/common/metadata_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

bool isHeadless(const Value& spec)
{
    return spec.str("clusterIP") == "None";
}

bool facesOutside(std::string_view type)
{
    return type == "NodePort" || type == "LoadBalancer";
}

void validatePort(const FieldPath& path, const Value& port, const Value& spec, bool nameRequired, FieldErrors& errors)
{
    const std::string_view name = port.str("name");
    if (name.empty() && nameRequired)
        errors.required(path.child("name"));
    else if (!name.empty())
        requireName(path.child("name"), name, api::dns1123LabelProblem, errors);
    requirePort(path.child("port"), port.get("port"), errors);
    requirePortNumberOrName(path.child("targetPort"), port.get("targetPort"), errors);
    const Value& nodePort = port.get("nodePort");
    if (nodePort.asInt() != 0 && spec.str("type") == "ClusterIP")
        errors.forbidden(path.child("nodePort"), "may not be used when `type` is 'ClusterIP'");
}

void validatePorts(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    const std::size_t count = spec.get("ports").size();
    if (count == 0 && !isHeadless(spec) && spec.str("type") != "ExternalName")
        errors.required(path.child("ports"));
    std::set<std::string_view> names;
    std::set<std::pair<std::string_view, std::int64_t>> nodePorts;
    eachItem(path, spec, "ports", [&](const FieldPath& item, const Value& port) {
        validatePort(item, port, spec, count > 1, errors);
        const std::string_view name = port.str("name");
        if (!name.empty() && !names.insert(name).second)
            errors.duplicate(item.child("name"), name);
        const std::int64_t nodePort = port.get("nodePort").asInt();
        if (nodePort != 0 && !nodePorts.emplace(port.str("protocol"), nodePort).second)
            errors.duplicate(item.child("nodePort"), nodePort);
    });
}

void validateClusterIp(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    const std::string_view ip = spec.str("clusterIP");
    const std::string_view type = spec.str("type");
    const FieldPath clusterIps = path.child("clusterIPs");
    if (type == "ExternalName") {
        if (!ip.empty())
            errors.forbidden(clusterIps.item(0), "may not be set for ExternalName services");
        return;
    }
    if (ip == "None" && facesOutside(type))
        errors.invalid(clusterIps.item(0), ip, "may not be set to 'None' for " + std::string(type) + " services");
    else if (!ip.empty() && ip != "None")
        requireIp(clusterIps.item(0), ip, errors);
    if (spec.get("clusterIPs").size() > 0 && spec.get("clusterIPs").at(0).asString() != ip)
        errors.invalid(clusterIps, spec.get("clusterIPs"), "first value must match `clusterIP`");
}

void validateTraffic(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    const Value& external = spec.get("externalTrafficPolicy");
    const bool outside = facesOutside(spec.str("type")) || spec.get("externalIPs").size() > 0;
    if (!external.isNull() && !outside)
        errors.invalid(path.child("externalTrafficPolicy"), external, "may only be set for externally-accessible services");
    const Value& timeout = spec.get("sessionAffinityConfig", "clientIP", "timeoutSeconds");
    constexpr std::int64_t kAffinitySecondsMax = 86400;
    if (timeout.isNumber() && (timeout.asInt() <= 0 || timeout.asInt() > kAffinitySecondsMax))
        errors.invalid(path.child("sessionAffinityConfig.clientIP.timeoutSeconds"), timeout,
            "must be greater than 0 and less than or equal to 86400");
    if (spec.str("sessionAffinity") == "None" && !spec.get("sessionAffinityConfig").isNull())
        errors.forbidden(path.child("sessionAffinityConfig"), "must not be set when session affinity is None");
    if (spec.has("allocateLoadBalancerNodePorts") && spec.str("type") != "LoadBalancer")
        errors.forbidden(path.child("allocateLoadBalancerNodePorts"), "may only be used when `type` is 'LoadBalancer'");
}

} // namespace

void validateServiceSpec(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    validatePorts(path, spec, errors);
    validateClusterIp(path, spec, errors);
    validateTraffic(path, spec, errors);
    validateLabels(path.child("selector"), spec.get("selector"), errors);
    eachItem(path, spec, "externalIPs", [&](const FieldPath& item, const Value& ip) { requireIp(item, ip.asString(), errors); });
    if (spec.str("type") == "ExternalName") {
        std::string_view name = spec.str("externalName");
        if (name.ends_with('.'))
            name.remove_suffix(1);
        if (name.empty())
            errors.required(path.child("externalName"));
        else
            requireName(path.child("externalName"), name, api::dns1123SubdomainProblem, errors);
    }
}

} // namespace kates::apiserver
