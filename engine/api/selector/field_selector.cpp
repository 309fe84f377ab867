// Field selectors: terms joined by commas; a backslash escapes a comma, an equals sign or itself inside a value.
#include <algorithm>
#include <fmt/format.h>

#include "engine/api/json.h"
#include "engine/api/selector.h"

namespace kates::api {

namespace {

std::vector<std::string_view> splitTerms(std::string_view text)
{
    std::vector<std::string_view> terms;
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == ',') {
            terms.push_back(text.substr(from, at - from));
            from = at + 1;
        }
    }
    terms.push_back(text.substr(from));
    return terms;
}

std::vector<std::string> splitPath(std::string_view path)
{
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t dot = path.find('.');
        parts.emplace_back(path.substr(0, dot));
        if (dot == path.npos)
            return parts;
        path.remove_prefix(dot + 1);
    }
}

Result<std::string> unescape(std::string_view text)
{
    std::string value;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool escaped = text[at] == '\\';
        if (escaped && ++at == text.size())
            return failure("invalid field selector: a backslash at the end of a value escapes nothing");
        const bool special = text[at] == '\\' || text[at] == ',' || text[at] == '=';
        if (escaped && !special)
            return failure(fmt::format("invalid field selector: invalid escape sequence: \\{}", text[at]));
        if (!escaped && special)
            return failure(fmt::format("invalid field selector: unescaped character in value: {}", text[at]));
        value += text[at];
    }
    return value;
}

// The value as Go's fmt.Sprint shows it: what upstream compares field selectors with.
std::string shown(const Value& value) { return value.isString() ? std::string(value.asString()) : value.isNull() ? std::string() : toJson(value); }

bool equals(const Value& field, const std::string& wanted)
{
    // A left-out boolean or number is Go's zero value.
    if (field.isNull())
        return wanted.empty() || wanted == "false" || wanted == "0";
    return shown(field) == wanted;
}

Result<FieldSelector::Term> parseTerm(std::string_view term, std::string_view whole)
{
    const std::size_t at = term.find('=');
    if (at == term.npos)
        return failure(fmt::format("invalid selector: '{}'; can't understand '{}'", whole, term));
    const bool negated = at > 0 && term[at - 1] == '!';
    const bool doubled = !negated && at + 1 < term.size() && term[at + 1] == '=';
    auto value = unescape(term.substr(at + (doubled ? 2 : 1)));
    if (!value)
        return tl::unexpected(value.error());
    return FieldSelector::Term { splitPath(term.substr(0, negated ? at - 1 : at)), std::move(*value), negated };
}

} // namespace

Result<FieldSelector> FieldSelector::parse(std::string_view text)
{
    if (text.size() > kSelectorTextMax)
        return failure(fmt::format("selector: {} bytes are more than the limit of {}", text.size(), kSelectorTextMax));
    FieldSelector result;
    for (const std::string_view part : splitTerms(text)) {
        if (part.empty())
            continue;
        auto term = parseTerm(part, text);
        if (!term)
            return tl::unexpected(term.error());
        result.m_terms.push_back(std::move(*term));
    }
    return result;
}

bool FieldSelector::matches(const Value& object) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [&](const Term& term) {
        const Value* field = &object;
        for (const std::string& step : term.path)
            field = &field->get(step);
        return equals(*field, term.value) != term.negated;
    });
}

const std::string* FieldSelector::required(std::string_view dottedPath) const
{
    for (const Term& term : m_terms) {
        if (!term.negated && fmt::format("{}", fmt::join(term.path, ".")) == dottedPath)
            return &term.value;
    }
    return nullptr;
}

} // namespace kates::api
