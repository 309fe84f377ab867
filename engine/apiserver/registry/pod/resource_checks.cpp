#include <algorithm>

#include <fmt/format.h>

#include "engine/api/quantity.h"
#include "engine/apiserver/registry/pod/pod_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Quantity;
using api::Value;

namespace {

bool isStandardContainerResource(std::string_view name)
{
    return name == "cpu" || name == "memory" || name == "ephemeral-storage" || name.starts_with("hugepages-");
}

void validateAmount(const FieldPath& path, std::string_view name, const Value& amount, FieldErrors& errors)
{
    if (const api::NameProblem problem = api::qualifiedNameProblem(name)) {
        errors.invalid(path, name, *problem);
        return;
    }
    const bool extended = name.find('/') != std::string_view::npos;
    if (!extended && !isStandardContainerResource(name))
        errors.invalid(path, name, "must be a standard resource type or fully qualified");
    const Quantity quantity = Quantity::fromValue(amount);
    if (quantity < Quantity())
        errors.invalid(path, amount, "must be greater than or equal to 0");
    else if (extended && !(Quantity::ofUnits(quantity.units()) == quantity))
        errors.invalid(path, amount, "must be an integer");
}

} // namespace

void validateContainerResources(const FieldPath& path, const Value& resources, FieldErrors& errors)
{
    const Value& limits = resources.get("limits");
    for (const std::string_view side : {"limits", "requests"}) {
        const FieldPath child = path.child(side);
        for (const api::Member& amount : resources.get(side).members())
            validateAmount(child.key(amount.key), amount.key, amount.value, errors);
    }
    const FieldPath requests = path.child("requests");
    for (const api::Member& request : resources.get("requests").members()) {
        const Value* limit = limits.find(request.key);
        if (limit && Quantity::fromValue(*limit) < Quantity::fromValue(request.value)) {
            errors.invalid(requests, request.value,
                fmt::format("must be less than or equal to {} limit of {}", request.key.view(), limit->asString()));
        }
    }
}

} // namespace kates::apiserver
