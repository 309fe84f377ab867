#include "engine/apiserver/registry/pod/pod_checks.h"

#include <limits>

#include "engine/apiserver/registry/common/metadata_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

void validateDns(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    constexpr std::size_t kNameserversMax = 3;
    constexpr std::size_t kSearchesMax = 32;
    const Value& config = spec.get("dnsConfig");
    const FieldPath dns = path.child("dnsConfig");
    const std::size_t count = config.get("nameservers").size();
    if (spec.str("dnsPolicy") == "None" && count == 0)
        errors.required(dns.child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
    if (count > kNameserversMax)
        errors.tooMany(dns.child("nameservers"), count, kNameserversMax);
    if (config.get("searches").size() > kSearchesMax)
        errors.tooMany(dns.child("searches"), config.get("searches").size(), kSearchesMax);
    eachItem(dns, config, "nameservers", [&](const FieldPath& item, const Value& server) { requireIp(item, server.asString(), errors); });
}

void validateNames(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    struct Rule {
        std::string_view field;
        api::NameProblem (*problem)(std::string_view);
    };
    constexpr Rule kRules[] {
        {"nodeName", api::dns1123SubdomainProblem},
        {"serviceAccountName", api::dns1123SubdomainProblem},
        {"hostname", api::dns1123LabelProblem},
        {"subdomain", api::dns1123LabelProblem},
        {"priorityClassName", api::dns1123SubdomainProblem},
        {"runtimeClassName", api::dns1123SubdomainProblem},
        {"schedulerName", api::qualifiedNameProblem},
    };
    for (const Rule& rule : kRules) {
        if (const std::string_view name = spec.str(rule.field); !name.empty())
            requireName(path.child(rule.field), name, rule.problem, errors);
    }
}

void validateNumbers(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    const Value& deadline = spec.get("activeDeadlineSeconds");
    if (deadline.isNumber() && (deadline.asInt() < 1 || deadline.asInt() > std::numeric_limits<std::int32_t>::max()))
        errors.invalid(path.child("activeDeadlineSeconds"), deadline, "must be between 1 and 2147483647, inclusive");
    requireNonNegative(path.child("terminationGracePeriodSeconds"), spec.get("terminationGracePeriodSeconds"), errors);
    const FieldPath security = path.child("securityContext");
    for (const std::string_view field : {"runAsUser", "runAsGroup", "fsGroup"})
        requireNonNegative(security.child(field), spec.get("securityContext", field), errors);
    if (spec.get("shareProcessNamespace").asBool() && spec.get("hostPID").asBool())
        errors.invalid(path.child("shareProcessNamespace"), true, "ShareProcessNamespace and HostPID cannot both be enabled");
}

void validateLists(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    validateLabels(path.child("nodeSelector"), spec.get("nodeSelector"), errors);
    eachItem(path, spec, "readinessGates", [&](const FieldPath& item, const Value& gate) {
        requireName(item.child("conditionType"), gate.str("conditionType"), api::qualifiedNameProblem, errors);
    });
    eachItem(path, spec, "schedulingGates", [&](const FieldPath& item, const Value& gate) {
        requireName(item.child("name"), gate.str("name"), api::qualifiedNameProblem, errors);
    });
    eachItem(path, spec, "hostAliases", [&](const FieldPath& item, const Value& alias) {
        requireIp(item.child("ip"), alias.str("ip"), errors);
        const FieldPath parent = item;
        eachItem(parent, alias, "hostnames", [&](const FieldPath& host, const Value& name) {
            requireName(host, name.asString(), api::dns1123SubdomainProblem, errors);
        });
    });
}

} // namespace

void validatePodSpec(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    validateVolumes(path, spec, errors);
    validateContainers(path, spec, errors);
    validateDns(path, spec, errors);
    validateNames(path, spec, errors);
    validateNumbers(path, spec, errors);
    validateLists(path, spec, errors);
    validateTolerations(path, spec, errors);
    validateTopologySpread(path, spec, errors);
    const FieldPath affinity = path.child("affinity");
    validateAffinity(affinity, spec.get("affinity"), errors);
}

void validatePodTemplate(const FieldPath& path, const Value& podTemplate, FieldErrors& errors)
{
    const FieldPath metadata = path.child("metadata");
    validateLabels(metadata.child("labels"), podTemplate.get("metadata", "labels"), errors);
    validateAnnotations(metadata.child("annotations"), podTemplate.get("metadata", "annotations"), errors);
    const FieldPath spec = path.child("spec");
    validatePodSpec(spec, podTemplate.get("spec"), errors);
    if (podTemplate.get("spec", "ephemeralContainers").size() > 0)
        errors.forbidden(spec.child("ephemeralContainers"), "ephemeral containers not allowed in pod template");
}

} // namespace kates::apiserver
