// Header fields and URLs, the same for HTTP/1.1 and HTTP/2.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kates::http {

class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : m_fields(fields) {}
    std::string_view get(std::string_view name) const; // first one, name compared without case; "" when absent
    bool has(std::string_view name) const;
    std::size_t count(std::string_view name) const; // fields of this name
    bool containsToken(std::string_view name, std::string_view token) const; // in a comma-separated list, without case
    void set(std::string_view name, std::string_view value);
    void add(std::string_view name, std::string_view value);
    void remove(std::string_view name);
    const std::vector<std::pair<std::string, std::string>>& fields() const { return m_fields; }

private:
    std::vector<std::pair<std::string, std::string>> m_fields;
};

// The query of a URL, decoded. Keeps order and repeated names.
class Query {
public:
    static Query parse(std::string_view text);
    std::string_view get(std::string_view name) const; // first; "" when absent
    bool has(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    void add(std::string_view name, std::string_view value);
    std::string toString() const; // encoded, without '?'
    bool empty() const { return m_items.empty(); }
    const std::vector<std::pair<std::string, std::string>>& items() const { return m_items; }

private:
    std::vector<std::pair<std::string, std::string>> m_items;
};

std::string percentEncode(std::string_view text); // everything but unreserved characters
std::optional<std::string> percentDecode(std::string_view text);

} // namespace kates::http
