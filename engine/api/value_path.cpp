#include "engine/api/value_path.h"

#include <charconv>
#include <string>

#include "engine/api/json.h"

namespace kates::api {

namespace {

using Values = std::vector<const Value*>;

class PathReader {
public:
    explicit PathReader(std::string_view path)
        : m_rest(path)
    {
        if (m_rest.starts_with('{') && m_rest.ends_with('}'))
            m_rest = m_rest.substr(1, m_rest.size() - 2);
        if (m_rest.starts_with('$') || m_rest.starts_with('@'))
            m_rest.remove_prefix(1);
    }

    Values follow(const Value& root)
    {
        Values values {&root};
        while (!m_rest.empty() && !values.empty()) {
            if (!step(values))
                return {};
        }
        return values;
    }

private:
    bool step(Values& values)
    {
        if (m_rest[0] == '.') {
            m_rest.remove_prefix(1);
            member(values, takeName());
            return true;
        }
        if (m_rest[0] != '[')
            return false;
        m_rest.remove_prefix(1);
        if (m_rest.starts_with('?'))
            return filter(values);
        const std::size_t close = m_rest.find(']');
        if (close == std::string_view::npos || close == 0)
            return false;
        const std::string_view inside = m_rest.substr(0, close);
        m_rest.remove_prefix(close + 1);
        if (inside == "*")
            each(values);
        else if (inside.size() >= 2 && (inside[0] == '\'' || inside[0] == '"'))
            member(values, std::string(inside.substr(1, inside.size() - 2)));
        else
            return index(values, inside);
        return true;
    }

    std::string takeName()
    {
        std::string name;
        while (!m_rest.empty() && m_rest[0] != '.' && m_rest[0] != '[') {
            if (m_rest[0] == '\\' && m_rest.size() > 1)
                m_rest.remove_prefix(1);
            name += m_rest[0];
            m_rest.remove_prefix(1);
        }
        return name;
    }

    static void member(Values& values, const std::string& name)
    {
        if (name.empty()) // ".": the value itself
            return;
        Values next;
        for (const Value* value : values) {
            if (const Value* found = value->find(name))
                next.push_back(found);
        }
        values = std::move(next);
    }

    static void each(Values& values)
    {
        Values next;
        for (const Value* value : values) {
            for (const Value& item : *value)
                next.push_back(&item);
            for (const Member& member : value->members())
                next.push_back(&member.value);
        }
        values = std::move(next);
    }

    static bool index(Values& values, std::string_view text)
    {
        std::int64_t position = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), position);
        if (problem != std::errc() || end != text.data() + text.size())
            return false;
        Values next;
        for (const Value* value : values) {
            const auto size = static_cast<std::int64_t>(value->isArray() ? value->size() : 0);
            const std::int64_t at = position < 0 ? position + size : position;
            if (at >= 0 && at < size)
                next.push_back(&value->at(static_cast<std::size_t>(at)));
        }
        values = std::move(next);
        return true;
    }

    // ?(@.path=="text")]
    bool filter(Values& values)
    {
        const std::size_t close = m_rest.find(")]");
        if (!m_rest.starts_with("?(") || close == std::string_view::npos)
            return false;
        const std::string_view inside = m_rest.substr(2, close - 2);
        m_rest.remove_prefix(close + 2);
        const std::size_t equals = inside.find("==");
        if (equals == std::string_view::npos)
            return false;
        const std::string_view path = trim(inside.substr(0, equals));
        const std::string_view wanted = trim(inside.substr(equals + 2));
        Values next;
        for (const Value* value : values) {
            for (const Value& item : *value) {
                const Values found = PathReader(path).follow(item);
                if (!found.empty() && equalsLiteral(*found.front(), wanted))
                    next.push_back(&item);
            }
        }
        values = std::move(next);
        return true;
    }

    static std::string_view trim(std::string_view text)
    {
        while (text.starts_with(' '))
            text.remove_prefix(1);
        while (text.ends_with(' '))
            text.remove_suffix(1);
        return text;
    }

    static bool equalsLiteral(const Value& value, std::string_view literal)
    {
        if (literal.size() >= 2 && (literal[0] == '"' || literal[0] == '\''))
            return value.isString() && value.asString() == literal.substr(1, literal.size() - 2);
        return toJson(value) == literal;
    }

    std::string_view m_rest;
};

} // namespace

std::vector<const Value*> valuesAt(const Value& root, std::string_view path)
{
    return PathReader(path).follow(root);
}

} // namespace kates::api
