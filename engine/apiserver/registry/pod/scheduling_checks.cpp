#include <fmt/format.h>

#include "engine/apiserver/registry/pod/pod_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

void validateTolerations(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    eachItem(path, spec, "tolerations", [&](const FieldPath& item, const Value& toleration) {
        const std::string_view key = toleration.str("key");
        const std::string_view op = toleration.str("operator");
        if (!key.empty())
            requireName(item.child("key"), key, api::qualifiedNameProblem, errors);
        else if (op != "Exists")
            errors.invalid(item.child("operator"), op, "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        if (!toleration.get("tolerationSeconds").isNull() && toleration.str("effect") != "NoExecute")
            errors.invalid(item.child("effect"), toleration.str("effect"), "effect must be 'NoExecute' when `tolerationSeconds` is set");
        if (op == "Exists" && !toleration.str("value").empty())
            errors.invalid(item.child("operator"), toleration.get("value"), "value must be empty when `operator` is 'Exists'");
        if (op.empty() || op == "Equal")
            requireName(item.child("operator"), toleration.str("value"), api::labelValueProblem, errors);
    });
}

namespace {

constexpr std::string_view kRequired = "requiredDuringSchedulingIgnoredDuringExecution";
constexpr std::string_view kPreferred = "preferredDuringSchedulingIgnoredDuringExecution";

void validateNodeRequirement(const FieldPath& path, const Value& requirement, FieldErrors& errors)
{
    const std::string_view op = requirement.str("operator");
    const std::size_t count = requirement.get("values").size();
    if ((op == "In" || op == "NotIn") && count == 0)
        errors.required(path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
    if ((op == "Exists" || op == "DoesNotExist") && count > 0)
        errors.forbidden(path.child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    if ((op == "Gt" || op == "Lt") && count != 1)
        errors.required(path.child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
    if (!requirement.str("key").empty())
        requireName(path.child("key"), requirement.str("key"), api::qualifiedNameProblem, errors);
}

void validateNodeTerm(const FieldPath& path, const Value& term, FieldErrors& errors)
{
    eachItem(path, term, "matchExpressions",
        [&](const FieldPath& item, const Value& requirement) { validateNodeRequirement(item, requirement, errors); });
}

void validateWeight(const FieldPath& path, const Value& weight, FieldErrors& errors)
{
    constexpr std::int64_t kWeightMax = 100;
    if (weight.asInt() < 1 || weight.asInt() > kWeightMax)
        errors.invalid(path, weight, "must be in the range 1-100");
}

void validateNodeAffinity(const FieldPath& path, const Value& affinity, FieldErrors& errors)
{
    const FieldPath required = path.child(kRequired);
    eachItem(required, affinity.get(kRequired), "nodeSelectorTerms",
        [&](const FieldPath& item, const Value& term) { validateNodeTerm(item, term, errors); });
    eachItem(path, affinity, kPreferred, [&](const FieldPath& item, const Value& preferred) {
        validateWeight(item.child("weight"), preferred.get("weight"), errors);
        const FieldPath preference = item.child("preference");
        validateNodeTerm(preference, preferred.get("preference"), errors);
    });
}

void validatePodTerm(const FieldPath& path, const Value& term, FieldErrors& errors)
{
    for (const std::string_view selector : {"labelSelector", "namespaceSelector"}) {
        const FieldPath child = path.child(selector);
        validateLabelSelector(child, term.get(selector), errors);
    }
    if (const std::string_view key = term.str("topologyKey"); key.empty())
        errors.required(path.child("topologyKey"), "can not be empty");
    else
        requireName(path.child("topologyKey"), key, api::qualifiedNameProblem, errors);
    eachItem(path, term, "namespaces", [&](const FieldPath& item, const Value& name) {
        requireName(item, name.asString(), api::dns1123LabelProblem, errors);
    });
}

void validatePodAffinity(const FieldPath& path, const Value& affinity, FieldErrors& errors)
{
    eachItem(path, affinity, kRequired, [&](const FieldPath& item, const Value& term) { validatePodTerm(item, term, errors); });
    eachItem(path, affinity, kPreferred, [&](const FieldPath& item, const Value& preferred) {
        validateWeight(item.child("weight"), preferred.get("weight"), errors);
        const FieldPath term = item.child("podAffinityTerm");
        validatePodTerm(term, preferred.get("podAffinityTerm"), errors);
    });
}

} // namespace

void validateAffinity(const FieldPath& path, const Value& affinity, FieldErrors& errors)
{
    if (affinity.isNull())
        return;
    const FieldPath node = path.child("nodeAffinity");
    validateNodeAffinity(node, affinity.get("nodeAffinity"), errors);
    for (const std::string_view kind : {"podAffinity", "podAntiAffinity"}) {
        const FieldPath child = path.child(kind);
        validatePodAffinity(child, affinity.get(kind), errors);
    }
}

void validateTopologySpread(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    eachItem(path, spec, "topologySpreadConstraints", [&](const FieldPath& item, const Value& constraint) {
        if (constraint.get("maxSkew").asInt() <= 0)
            errors.invalid(item.child("maxSkew"), constraint.get("maxSkew"), "must be greater than zero");
        if (const std::string_view key = constraint.str("topologyKey"); !key.empty())
            requireName(item.child("topologyKey"), key, api::qualifiedNameProblem, errors);
        requirePositive(item.child("minDomains"), constraint.get("minDomains"), errors);
        const FieldPath selector = item.child("labelSelector");
        validateLabelSelector(selector, constraint.get("labelSelector"), errors);
    });
}

} // namespace kates::apiserver
