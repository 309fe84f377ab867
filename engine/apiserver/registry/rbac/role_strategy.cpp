#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

void validateRule(const FieldPath& path, const Value& rule, bool namespaced, FieldErrors& errors)
{
    if (rule.get("verbs").size() == 0)
        errors.required(path.child("verbs"), "verbs must contain at least one value");
    if (rule.get("nonResourceURLs").size() > 0) {
        if (namespaced)
            errors.invalid(path.child("nonResourceURLs"), rule.get("nonResourceURLs"), "namespaced rules cannot apply to non-resource URLs");
        if (rule.get("apiGroups").size() + rule.get("resources").size() + rule.get("resourceNames").size() > 0)
            errors.invalid(path.child("nonResourceURLs"), rule.get("nonResourceURLs"),
                "rules cannot apply to both regular resources and non-resource URLs");
        return;
    }
    if (rule.get("apiGroups").size() == 0)
        errors.required(path.child("apiGroups"), "resource rules must supply at least one api group");
    if (rule.get("resources").size() == 0)
        errors.required(path.child("resources"), "resource rules must supply at least one resource");
}

// Role and ClusterRole.
class RoleStrategy : public Strategy {
public:
    void validate(const StrategyContext& context, const Value& role, FieldErrors& errors) const override
    {
        const FieldPath root;
        eachItem(root, role, "rules", [&](const FieldPath& path, const Value& rule) { validateRule(path, rule, context.kind.namespaced, errors); });
        const FieldPath aggregation = root.child("aggregationRule");
        eachItem(aggregation, role.get("aggregationRule"), "clusterRoleSelectors",
            [&](const FieldPath& path, const Value& selector) { validateLabelSelector(path, selector, errors); });
    }

    api::NameProblem nameProblem(std::string_view name) const override { return pathSegmentProblem(name); }
};

} // namespace

const Strategy& roleStrategy()
{
    static const RoleStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
