#include "engine/http/headers.h"

#include <algorithm>

namespace kates::http {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool equalsIgnoringCase(std::string_view left, std::string_view right)
{
    return left.size() == right.size() && std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

} // namespace

std::string_view Headers::get(std::string_view name) const
{
    for (const auto& [key, value] : m_fields) {
        if (equalsIgnoringCase(key, name))
            return value;
    }
    return {};
}

bool Headers::has(std::string_view name) const
{
    return std::any_of(m_fields.begin(), m_fields.end(), [name](const auto& field) { return equalsIgnoringCase(field.first, name); });
}

std::size_t Headers::count(std::string_view name) const
{
    auto same = [name](const auto& field) { return equalsIgnoringCase(field.first, name); };
    return static_cast<std::size_t>(std::count_if(m_fields.begin(), m_fields.end(), same));
}

bool Headers::containsToken(std::string_view name, std::string_view token) const
{
    for (const auto& [key, value] : m_fields) {
        if (!equalsIgnoringCase(key, name))
            continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            auto comma = rest.find(',');
            if (equalsIgnoringCase(trimmed(rest.substr(0, comma)), token))
                return true;
            rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        }
    }
    return false;
}

void Headers::set(std::string_view name, std::string_view value)
{
    remove(name);
    add(name, value);
}

void Headers::add(std::string_view name, std::string_view value)
{
    m_fields.emplace_back(name, value);
}

void Headers::remove(std::string_view name)
{
    std::erase_if(m_fields, [name](const auto& field) { return equalsIgnoringCase(field.first, name); });
}

} // namespace kates::http
