#include "engine/api/names.h"

#include <fmt/format.h>

namespace kates::api {

namespace {

bool isLower(char c) { return c >= 'a' && c <= 'z'; }

bool isLowerAlnum(char c) { return isLower(c) || (c >= '0' && c <= '9'); }

bool isAlnum(char c) { return isLowerAlnum(c) || (c >= 'A' && c <= 'Z'); }

// [A-Za-z0-9] at both ends, also - _ . between.
bool isNamePart(std::string_view text)
{
    if (text.empty() || !isAlnum(text.front()) || !isAlnum(text.back()))
        return false;
    for (char c : text) {
        if (!isAlnum(c) && c != '-' && c != '_' && c != '.')
            return false;
    }
    return true;
}

bool isDns1123Label(std::string_view text)
{
    if (text.empty() || !isLowerAlnum(text.front()) || !isLowerAlnum(text.back()))
        return false;
    for (char c : text) {
        if (!isLowerAlnum(c) && c != '-')
            return false;
    }
    return true;
}

bool isDns1123Subdomain(std::string_view text)
{
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!isDns1123Label(text.substr(0, dot)))
            return false;
        if (dot == text.npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

std::string tooLong(std::size_t max) { return fmt::format("must be no more than {} characters", max); }

constexpr std::string_view kNamePartRule = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
                                           "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
                                           "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

} // namespace

NameProblem dns1123LabelProblem(std::string_view text)
{
    if (text.size() > kDns1123LabelMax)
        return tooLong(kDns1123LabelMax);
    if (isDns1123Label(text))
        return std::nullopt;
    return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric "
           "character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
}

NameProblem dns1123SubdomainProblem(std::string_view text)
{
    if (text.size() > kDns1123SubdomainMax)
        return tooLong(kDns1123SubdomainMax);
    if (isDns1123Subdomain(text))
        return std::nullopt;
    return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
           "alphanumeric character (e.g. 'example.com', regex used for validation is "
           "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
}

NameProblem dns1035LabelProblem(std::string_view text)
{
    if (text.size() > kDns1123LabelMax)
        return tooLong(kDns1123LabelMax);
    if (isDns1123Label(text) && isLower(text.front()))
        return std::nullopt;
    return "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an "
           "alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
}

NameProblem qualifiedNameProblem(std::string_view text)
{
    const std::size_t slash = text.find('/');
    std::string_view name = text;
    if (slash != text.npos) {
        const std::string_view prefix = text.substr(0, slash);
        name.remove_prefix(slash + 1);
        if (name.find('/') != name.npos)
            return fmt::format("a qualified name {} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')", kNamePartRule);
        if (prefix.empty())
            return "prefix part must be non-empty";
        if (NameProblem problem = dns1123SubdomainProblem(prefix))
            return "prefix part " + *problem;
    }
    if (name.empty())
        return "name part must be non-empty";
    if (name.size() > kQualifiedNameMax)
        return "name part " + tooLong(kQualifiedNameMax);
    if (!isNamePart(name))
        return fmt::format("name part {}", kNamePartRule);
    return std::nullopt;
}

NameProblem labelValueProblem(std::string_view text)
{
    if (text.size() > kLabelValueMax)
        return tooLong(kLabelValueMax);
    if (text.empty() || isNamePart(text))
        return std::nullopt;
    return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
           "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
           "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
}

} // namespace kates::api
