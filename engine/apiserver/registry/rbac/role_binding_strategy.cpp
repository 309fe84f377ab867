#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

constexpr std::string_view kGroup = "rbac.authorization.k8s.io";

void validateSubject(const FieldPath& path, const Value& subject, bool namespaced, FieldErrors& errors)
{
    constexpr std::string_view kKinds[] {"ServiceAccount", "User", "Group"};
    constexpr std::string_view kRbacGroup[] {kGroup};
    constexpr std::string_view kCoreGroup[] {""};
    const std::string_view kind = subject.str("kind");
    if (subject.str("name").empty())
        return; // the description asks for it
    if (kind == "ServiceAccount") {
        requireName(path.child("name"), subject.str("name"), api::dns1123SubdomainProblem, errors);
        if (!subject.str("apiGroup").empty())
            errors.notSupported(path.child("apiGroup"), subject.get("apiGroup"), kCoreGroup);
        if (!namespaced && subject.str("namespace").empty())
            errors.required(path.child("namespace"));
    } else if (kind == "User" || kind == "Group") {
        if (subject.str("apiGroup") != kGroup)
            errors.notSupported(path.child("apiGroup"), subject.get("apiGroup"), kRbacGroup);
    } else {
        errors.notSupported(path.child("kind"), kind, kKinds);
    }
}

// RoleBinding and ClusterRoleBinding.
class RoleBindingStrategy : public Strategy {
public:
    void validate(const StrategyContext& context, const Value& binding, FieldErrors& errors) const override
    {
        const FieldPath root;
        const FieldPath roleRef = root.child("roleRef");
        const bool namespaced = context.kind.namespaced;
        constexpr std::string_view kGroups[] {kGroup};
        if (binding.str("roleRef", "apiGroup") != kGroup)
            errors.notSupported(roleRef.child("apiGroup"), binding.get("roleRef", "apiGroup"), kGroups);
        constexpr std::string_view kKinds[] {"ClusterRole", "Role"};
        const auto kinds = std::span(kKinds).first(namespaced ? 2 : 1);
        const std::string_view kind = binding.str("roleRef", "kind");
        if (!kind.empty() && kind != "ClusterRole" && !(namespaced && kind == "Role"))
            errors.notSupported(roleRef.child("kind"), kind, kinds);
        if (!binding.str("roleRef", "name").empty())
            requireName(roleRef.child("name"), binding.str("roleRef", "name"), pathSegmentProblem, errors);
        eachItem(root, binding, "subjects", [&](const FieldPath& path, const Value& subject) { validateSubject(path, subject, namespaced, errors); });
    }

    void validateUpdate(const StrategyContext&, const Value& binding, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath roleRef("roleRef");
        if (binding.get("roleRef") != old.get("roleRef"))
            errors.invalid(roleRef, binding.get("roleRef"), "cannot change roleRef");
    }

    api::NameProblem nameProblem(std::string_view name) const override { return pathSegmentProblem(name); }
};

} // namespace

const Strategy& roleBindingStrategy()
{
    static const RoleBindingStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
