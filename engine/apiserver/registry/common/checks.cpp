#include "engine/apiserver/registry/common/checks.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "engine/apiserver/registry/common/metadata_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::NameProblem;
using api::Value;

bool sameOrBothEmpty(const Value& left, const Value& right)
{
    return left == right || (left.isEmpty() && right.isEmpty());
}

void requireUnchanged(const FieldPath& path, const Value& now, const Value& before, FieldErrors& errors)
{
    if (!sameOrBothEmpty(now, before))
        errors.invalid(path, now, kFieldImmutable);
}

void requireNonNegative(const FieldPath& path, const Value& number, FieldErrors& errors)
{
    if (number.isNumber() && number.asInt() < 0)
        errors.invalid(path, number, "must be greater than or equal to 0");
}

void requirePositive(const FieldPath& path, const Value& number, FieldErrors& errors)
{
    if (number.isNumber() && number.asInt() <= 0)
        errors.invalid(path, number, "must be greater than 0");
}

void requirePort(const FieldPath& path, const Value& number, FieldErrors& errors)
{
    constexpr std::int64_t kPortMax = 65535;
    if (number.isNumber() && (number.asInt() < 1 || number.asInt() > kPortMax))
        errors.invalid(path, number, "must be between 1 and 65535, inclusive");
}

void requirePortNumberOrName(const FieldPath& path, const Value& port, FieldErrors& errors)
{
    if (port.isString())
        requireName(path, port.asString(), portNameProblem, errors);
    else
        requirePort(path, port, errors);
}

namespace {

bool parsePercent(std::string_view text, std::int64_t& percent)
{
    if (!text.ends_with('%'))
        return false;
    text.remove_suffix(1);
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), percent);
    return problem == std::errc() && end == text.data() + text.size() && percent >= 0;
}

} // namespace

void requireCountOrPercent(const FieldPath& path, const Value& value, FieldErrors& errors)
{
    std::int64_t percent = 0;
    if (value.isString() && !parsePercent(value.asString(), percent)) {
        errors.invalid(path, value,
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', "
            "regex used for validation is '[0-9]+%')");
    } else {
        requireNonNegative(path, value, errors);
    }
}

std::int64_t scaledValue(const Value& value, std::int64_t total, bool roundUp)
{
    std::int64_t percent = 0;
    if (!value.isString())
        return value.asInt();
    if (!parsePercent(value.asString(), percent))
        return 0;
    return (percent * total + (roundUp ? 99 : 0)) / 100;
}

bool isIpv4(std::string_view address)
{
    in_addr parsed {};
    return inet_pton(AF_INET, std::string(address).c_str(), &parsed) == 1;
}

bool isIp(std::string_view address)
{
    in6_addr parsed {};
    return isIpv4(address) || inet_pton(AF_INET6, std::string(address).c_str(), &parsed) == 1;
}

void requireIp(const FieldPath& path, std::string_view address, FieldErrors& errors)
{
    if (!isIp(address))
        errors.invalid(path, address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
}

void requireName(const FieldPath& path, std::string_view name, NameProblem (*rule)(std::string_view), FieldErrors& errors)
{
    if (const NameProblem problem = rule(name))
        errors.invalid(path, name, *problem);
}

namespace {

void validateExpression(const FieldPath& path, const Value& expression, FieldErrors& errors)
{
    const std::string_view op = expression.str("operator");
    const bool hasValues = expression.get("values").size() > 0;
    if ((op == "In" || op == "NotIn") && !hasValues)
        errors.required(path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
    if ((op == "Exists" || op == "DoesNotExist") && hasValues)
        errors.forbidden(path.child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    if (!expression.str("key").empty())
        requireName(path.child("key"), expression.str("key"), api::qualifiedNameProblem, errors);
    const FieldPath values = path.child("values");
    std::size_t position = 0;
    for (const Value& value : expression.get("values"))
        requireName(values.item(position++), value.asString(), api::labelValueProblem, errors);
}

} // namespace

void validateLabelSelector(const FieldPath& path, const Value& selector, FieldErrors& errors)
{
    const FieldPath labels = path.child("matchLabels");
    validateLabels(labels, selector.get("matchLabels"), errors);
    const FieldPath expressions = path.child("matchExpressions");
    std::size_t position = 0;
    for (const Value& expression : selector.get("matchExpressions"))
        validateExpression(expressions.item(position++), expression, errors);
}

NameProblem portNameProblem(std::string_view name)
{
    constexpr std::size_t kPortNameMax = 15;
    const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto isAllowed = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '-'; };
    if (name.size() > kPortNameMax)
        return fmt::format("must be no more than {} characters", kPortNameMax);
    if (!std::ranges::all_of(name, isAllowed))
        return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
    if (std::ranges::none_of(name, isLetter))
        return "must contain at least one letter (a-z)";
    if (name.find("--") != std::string_view::npos)
        return "must not contain consecutive hyphens";
    if (name.front() == '-' || name.back() == '-')
        return "must not begin or end with a hyphen";
    return {};
}

NameProblem configKeyProblem(std::string_view key)
{
    constexpr std::size_t kConfigKeyMax = 253;
    const auto isAllowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    };
    if (key.size() > kConfigKeyMax)
        return fmt::format("must be no more than {} characters", kConfigKeyMax);
    if (key.empty() || !std::ranges::all_of(key, isAllowed)) {
        return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex "
               "used for validation is '[-._a-zA-Z0-9]+')";
    }
    if (key == ".")
        return "must not be '.'";
    if (key == "..")
        return "must not be '..'";
    if (key.starts_with(".."))
        return "must not start with '..'";
    return {};
}

NameProblem pathSegmentProblem(std::string_view name)
{
    if (name == "." || name == "..")
        return fmt::format("may not be '{}'", name);
    for (const char c : {'/', '%'}) {
        if (name.find(c) != std::string_view::npos)
            return fmt::format("may not contain '{}'", c);
    }
    return {};
}

NameProblem environmentNameProblem(std::string_view name)
{
    const auto isAllowed = [](char c) { return c >= ' ' && c <= '~' && c != '='; };
    if (name.empty())
        return "environment variable name must not be empty";
    if (!std::ranges::all_of(name, isAllowed))
        return "a valid environment variable name must consist only of printable ASCII characters other than '='";
    return {};
}

} // namespace kates::apiserver
