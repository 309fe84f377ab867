#include "engine/api/field_errors.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/api/json.h"

namespace kates::api {

namespace {

// A value as Go prints it in these sentences: strings quoted, the rest as JSON.
std::string quoted(const Value& value)
{
    std::string text = value.isNull() ? "\"null\"" : toJson(value);
    if (text.size() <= kValueShownMax)
        return text;
    std::size_t end = kValueShownMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end; // not inside a character
    return text.substr(0, end) + "…";
}

} // namespace

void FieldPath::append(std::string& out) const
{
    if (m_parent)
        m_parent->append(out);
    switch (m_step) {
    case Step::Name:
        if (!out.empty() && !m_name.empty())
            out += '.';
        out += m_name;
        break;
    case Step::Item:
        out += '[';
        out += std::to_string(m_index);
        out += ']';
        break;
    case Step::Key:
        out += '[';
        out += m_name;
        out += ']';
        break;
    }
}

std::string FieldPath::toString() const
{
    std::string text;
    append(text);
    return text;
}

void FieldErrors::add(const FieldPath& path, std::string_view reason, std::string message)
{
    if (m_causes.size() < kFieldErrorsMax)
        m_causes.push_back({std::string(reason), std::move(message), path.toString()});
}

void FieldErrors::required(const FieldPath& path, std::string_view detail)
{
    add(path, "FieldValueRequired", detail.empty() ? "Required value" : fmt::format("Required value: {}", detail));
}

void FieldErrors::invalid(const FieldPath& path, const Value& value, std::string_view detail)
{
    add(path, "FieldValueInvalid", fmt::format("Invalid value: {}: {}", quoted(value), detail));
}

void FieldErrors::notSupported(const FieldPath& path, const Value& value, std::span<const std::string_view> supported)
{
    std::vector<std::string_view> sorted(supported.begin(), supported.end());
    std::ranges::sort(sorted);
    std::string list;
    for (const std::string_view item : sorted)
        list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", item);
    add(path, "FieldValueNotSupported", fmt::format("Unsupported value: {}: supported values: {}", quoted(value), list));
}

void FieldErrors::notSupported(const FieldPath& path, const Value& value, std::span<const std::string> supported)
{
    const std::vector<std::string_view> views(supported.begin(), supported.end());
    notSupported(path, value, views);
}

void FieldErrors::duplicate(const FieldPath& path, const Value& value)
{
    add(path, "FieldValueDuplicate", fmt::format("Duplicate value: {}", quoted(value)));
}

void FieldErrors::notFound(const FieldPath& path, const Value& value)
{
    add(path, "FieldValueNotFound", fmt::format("Not found: {}", quoted(value)));
}

void FieldErrors::forbidden(const FieldPath& path, std::string_view detail)
{
    add(path, "FieldValueForbidden", fmt::format("Forbidden: {}", detail));
}

void FieldErrors::tooLong(const FieldPath& path, std::size_t bytesMax)
{
    add(path, "FieldValueTooLong", fmt::format("Too long: may not be more than {} bytes", bytesMax));
}

void FieldErrors::tooMany(const FieldPath& path, std::size_t count, std::size_t countMax)
{
    add(path, "FieldValueTooMany", fmt::format("Too many: {}: must have at most {} items", count, countMax));
}

} // namespace kates::api
