#include "engine/controllers/common/node_affinity.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/api/meta.h"
#include "engine/api/selector.h"

namespace kates::controllers {

namespace {

std::optional<std::int64_t> toNumber(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

// `value` null: the node has no such label or field.
bool requirementMatches(const api::Value& requirement, const api::Value& value)
{
    const std::string_view op = requirement.str("operator");
    const api::Value& values = requirement.get("values");
    const bool listed = !value.isNull() && std::find(values.begin(), values.end(), value) != values.end();
    if (op == "In")
        return listed;
    if (op == "NotIn")
        return !listed;
    if (op == "Exists")
        return !value.isNull();
    if (op == "DoesNotExist")
        return value.isNull();
    const auto left = toNumber(value.asString()), right = toNumber(values.at(0).asString());
    return left && right && (op == "Gt" ? *left > *right : op == "Lt" && *left < *right);
}

bool termMatches(const api::Value& term, const api::Value& node)
{
    const api::Value& expressions = term.get("matchExpressions");
    const api::Value& fields = term.get("matchFields");
    if (expressions.size() == 0 && fields.size() == 0)
        return false; // an empty term matches nothing
    api::ObjectMeta meta(node);
    for (const auto& expression : expressions) {
        if (!requirementMatches(expression, meta.labels().get(expression.str("key"))))
            return false;
    }
    for (const auto& field : fields) {
        if (field.str("key") != "metadata.name" || !requirementMatches(field, api::Value(meta.name())))
            return false;
    }
    return true;
}

} // namespace

bool nodeMatches(const api::Value& podSpec, const api::Value& node)
{
    const api::Value& selector = podSpec.get("nodeSelector");
    if (selector.size() > 0 && !api::LabelSelector::fromMap(selector).matches(api::ObjectMeta(node).labels()))
        return false;
    const api::Value& required = podSpec.get("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
    if (required.isNull())
        return true;
    const api::Value& terms = required.get("nodeSelectorTerms");
    return std::any_of(terms.begin(), terms.end(), [&](const api::Value& term) { return termMatches(term, node); });
}

} // namespace kates::controllers
