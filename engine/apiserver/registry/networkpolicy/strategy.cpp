#include <charconv>

#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

bool isCidr(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || !isIp(text.substr(0, slash)))
        return false;
    const int longest = isIpv4(text.substr(0, slash)) ? 32 : 128;
    int length = -1;
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    return problem == std::errc() && end == digits.data() + digits.size() && length >= 0 && length <= longest;
}

void requireCidr(const FieldPath& path, const Value& cidr, FieldErrors& errors)
{
    if (!cidr.asString().empty() && !isCidr(cidr.asString()))
        errors.invalid(path, cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
}

void validatePeer(const FieldPath& path, const Value& peer, FieldErrors& errors)
{
    const bool selects = !peer.get("podSelector").isNull() || !peer.get("namespaceSelector").isNull();
    const Value& block = peer.get("ipBlock");
    if (!selects && block.isNull())
        errors.required(path, "must specify a peer");
    else if (selects && !block.isNull())
        errors.forbidden(path, "may not specify both ipBlock and another peer");
    for (const std::string_view field : {"podSelector", "namespaceSelector"}) {
        const FieldPath child = path.child(field);
        validateLabelSelector(child, peer.get(field), errors);
    }
    const FieldPath blockPath = path.child("ipBlock");
    requireCidr(blockPath.child("cidr"), block.get("cidr"), errors);
    eachItem(blockPath, block, "except", [&](const FieldPath& item, const Value& cidr) { requireCidr(item, cidr, errors); });
}

void validatePort(const FieldPath& path, const Value& port, FieldErrors& errors)
{
    requirePortNumberOrName(path.child("port"), port.get("port"), errors);
    const Value& last = port.get("endPort");
    if (last.isNull())
        return;
    if (!port.get("port").isNumber())
        errors.required(path.child("port"), "must be a number when `endPort` is specified");
    else if (last.asInt() < port.get("port").asInt())
        errors.invalid(path.child("endPort"), last, "must be greater than or equal to `port`");
    requirePort(path.child("endPort"), last, errors);
}

void validateRules(const FieldPath& path, const Value& spec, std::string_view direction, std::string_view peers, FieldErrors& errors)
{
    eachItem(path, spec, direction, [&](const FieldPath& rulePath, const Value& rule) {
        eachItem(rulePath, rule, "ports", [&](const FieldPath& item, const Value& port) { validatePort(item, port, errors); });
        eachItem(rulePath, rule, peers, [&](const FieldPath& item, const Value& peer) { validatePeer(item, peer, errors); });
    });
}

class NetworkPolicyStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& policy) const override { defaultTypes(policy); }
    void prepareForUpdate(const StrategyContext&, Value& policy, const Value&) const override { defaultTypes(policy); }

    void validate(const StrategyContext&, const Value& policy, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        const FieldPath selector = path.child("podSelector");
        validateLabelSelector(selector, policy.get("spec", "podSelector"), errors);
        validateRules(path, policy.get("spec"), "ingress", "from", errors);
        validateRules(path, policy.get("spec"), "egress", "to", errors);
    }

private:
    // A policy concerns ingress always, egress when it has such rules.
    static void defaultTypes(Value& policy)
    {
        if (policy.get("spec", "policyTypes").size() > 0)
            return;
        Value types = Value::array({Value("Ingress")});
        if (policy.get("spec", "egress").size() > 0)
            types.push("Egress");
        policy.edit("spec").set("policyTypes", types);
    }
};

} // namespace

const Strategy& networkPolicyStrategy()
{
    static const NetworkPolicyStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
