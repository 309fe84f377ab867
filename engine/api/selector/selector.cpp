#include "engine/api/selector.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/api/selector/selector_requirement.h"

namespace kates::api {

namespace {

using Operator = LabelSelector::Operator;
using Requirement = LabelSelector::Requirement;

bool holds(const Requirement& requirement, const Value& labels)
{
    const Value* label = labels.find(requirement.key);
    const auto listed = [&] { return std::binary_search(requirement.values.begin(), requirement.values.end(), label->asString()); };
    std::int64_t number, bound;
    switch (requirement.op) {
    case Operator::In:
        return label && listed();
    case Operator::NotIn:
        return !label || !listed();
    case Operator::Exists:
        return label;
    case Operator::DoesNotExist:
        return !label;
    default:
        if (!label || !parseInteger(label->asString(), number) || !parseInteger(requirement.values[0], bound))
            return false;
        return requirement.op == Operator::GreaterThan ? number > bound : number < bound;
    }
}

std::string text(const Requirement& requirement)
{
    const std::string_view key = requirement.key;
    switch (requirement.op) {
    case Operator::Exists:
        return std::string(key);
    case Operator::DoesNotExist:
        return fmt::format("!{}", key);
    case Operator::GreaterThan:
        return fmt::format("{}>{}", key, requirement.values[0]);
    case Operator::LessThan:
        return fmt::format("{}<{}", key, requirement.values[0]);
    default:
        const bool in = requirement.op == Operator::In;
        if (requirement.values.size() == 1)
            return fmt::format("{}{}{}", key, in ? "=" : "!=", requirement.values[0]);
        return fmt::format("{} {} ({})", key, in ? "in" : "notin", fmt::join(requirement.values, ","));
    }
}

bool isStringMap(const Value& value)
{
    for (const Member& member : value.members()) {
        if (!member.value.isString())
            return false;
    }
    return value.isObject() || value.isNull();
}

Result<Requirement> fromExpression(const Value& expression)
{
    static constexpr std::pair<std::string_view, Operator> kOperators[]
        = { { "In", Operator::In }, { "NotIn", Operator::NotIn }, { "Exists", Operator::Exists }, { "DoesNotExist", Operator::DoesNotExist } };
    const std::string_view name = expression.str("operator");
    const auto* known = std::find_if(std::begin(kOperators), std::end(kOperators), [&](const auto& entry) { return entry.first == name; });
    if (known == std::end(kOperators))
        return failure(fmt::format("\"{}\" is not a valid label selector operator", name));
    std::vector<std::string> values;
    for (const Value& item : expression.get("values"))
        values.emplace_back(item.asString());
    return makeRequirement(std::string(expression.str("key")), known->second, std::move(values));
}

} // namespace

Result<LabelSelector> LabelSelector::parse(std::string_view text)
{
    auto requirements = parseRequirements(text);
    if (!requirements)
        return tl::unexpected(requirements.error());
    LabelSelector result;
    result.m_requirements = std::move(*requirements);
    std::stable_sort(result.m_requirements.begin(), result.m_requirements.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    return result;
}

Result<LabelSelector> LabelSelector::fromValue(const Value& selector)
{
    LabelSelector result;
    result.m_nothing = selector.isNull();
    if (!isStringMap(selector.get("matchLabels")))
        return failure("matchLabels: must be a map of strings");
    for (const Member& member : selector.get("matchLabels").members()) {
        auto requirement = makeRequirement(std::string(member.key), Operator::In, { std::string(member.value.asString()) });
        if (!requirement)
            return tl::unexpected(requirement.error());
        result.m_requirements.push_back(std::move(*requirement));
    }
    for (const Value& expression : selector.get("matchExpressions")) {
        auto requirement = fromExpression(expression);
        if (!requirement)
            return tl::unexpected(requirement.error());
        result.m_requirements.push_back(std::move(*requirement));
    }
    std::stable_sort(result.m_requirements.begin(), result.m_requirements.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    return result;
}

LabelSelector LabelSelector::fromMap(const Value& labels)
{
    LabelSelector result;
    result.m_nothing = labels.size() == 0;
    for (const Member& member : labels.members())
        result.m_requirements.push_back({ std::string(member.key), Operator::In, { std::string(member.value.asString()) } });
    return result;
}

bool LabelSelector::matches(const Value& labels) const
{
    return !m_nothing && std::all_of(m_requirements.begin(), m_requirements.end(), [&](const Requirement& r) { return holds(r, labels); });
}

std::string LabelSelector::toString() const
{
    std::vector<std::string> parts;
    for (const Requirement& requirement : m_requirements)
        parts.push_back(text(requirement));
    return fmt::format("{}", fmt::join(parts, ","));
}

} // namespace kates::api
