// The URL half of headers.h: percent-encoding and queries.
#include "engine/http/headers.h"

#include <algorithm>

namespace kates::http {

namespace {

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// RFC 3986, section 2.3.
bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

// In a query '+' stands for a space (HTML forms; Go's url.Values writes it). A broken escape is kept as it stands.
std::string decodeQueryPart(std::string_view text)
{
    std::string withSpaces(text);
    std::replace(withSpaces.begin(), withSpaces.end(), '+', ' ');
    auto decoded = percentDecode(withSpaces);
    return decoded ? std::move(*decoded) : withSpaces;
}

} // namespace

std::string percentEncode(std::string_view text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        if (isUnreserved(c)) {
            out += c;
        } else {
            auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

std::optional<std::string> percentDecode(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size())
            return std::nullopt;
        int high = hexValue(text[i + 1]), low = hexValue(text[i + 2]);
        if (high < 0 || low < 0)
            return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

Query Query::parse(std::string_view text)
{
    Query query;
    while (!text.empty()) {
        auto end = text.find('&');
        auto item = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (item.empty())
            continue;
        auto equals = item.find('=');
        auto value = equals == std::string_view::npos ? std::string_view() : item.substr(equals + 1);
        query.m_items.emplace_back(decodeQueryPart(item.substr(0, equals)), decodeQueryPart(value));
    }
    return query;
}

std::string_view Query::get(std::string_view name) const
{
    for (const auto& [key, value] : m_items) {
        if (key == name)
            return value;
    }
    return {};
}

bool Query::has(std::string_view name) const
{
    return std::any_of(m_items.begin(), m_items.end(), [name](const auto& item) { return item.first == name; });
}

std::vector<std::string_view> Query::all(std::string_view name) const
{
    std::vector<std::string_view> values;
    for (const auto& [key, value] : m_items) {
        if (key == name)
            values.push_back(value);
    }
    return values;
}

void Query::add(std::string_view name, std::string_view value)
{
    m_items.emplace_back(name, value);
}

std::string Query::toString() const
{
    std::string out;
    for (const auto& [key, value] : m_items) {
        if (!out.empty())
            out += '&';
        out += percentEncode(key);
        out += '=';
        out += percentEncode(value);
    }
    return out;
}

} // namespace kates::http
