#include <set>

#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

void validateTaints(const FieldPath& spec, const Value& node, FieldErrors& errors)
{
    std::set<std::pair<std::string_view, std::string_view>> seen;
    eachItem(spec, node.get("spec"), "taints", [&](const FieldPath& item, const Value& taint) {
        if (!taint.str("key").empty())
            requireName(item.child("key"), taint.str("key"), api::qualifiedNameProblem, errors);
        requireName(item.child("value"), taint.str("value"), api::labelValueProblem, errors);
        if (!seen.emplace(taint.str("key"), taint.str("effect")).second)
            errors.duplicate(item, taint);
    });
}

class NodeStrategy : public Strategy {
public:
    // The node agent registers a node together with its status.
    bool keepsStatusOnCreate() const override { return true; }

    void validate(const StrategyContext&, const Value& node, FieldErrors& errors) const override
    {
        const FieldPath spec("spec");
        validateTaints(spec, node, errors);
        eachItem(spec, node.get("spec"), "podCIDRs", [&](const FieldPath& item, const Value& cidr) {
            const std::string_view text = cidr.asString();
            if (!isIp(text.substr(0, text.find('/'))) || text.find('/') == std::string_view::npos)
                errors.invalid(item, cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        });
    }

    void validateUpdate(const StrategyContext&, const Value& node, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath spec("spec");
        for (const std::string_view field : {"podCIDR", "podCIDRs", "providerID"}) {
            // May be set once.
            if (!old.get("spec", field).isEmpty() && !sameOrBothEmpty(node.get("spec", field), old.get("spec", field)))
                errors.forbidden(spec.child(field), "node updates may not change " + std::string(field) + " except from \"\" to valid");
        }
    }
};

} // namespace

const Strategy& nodeStrategy()
{
    static const NodeStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
