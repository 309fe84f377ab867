#include <algorithm>
#include <fmt/format.h>

#include "engine/api/codec/utf8.h"
#include "engine/api/yaml.h"
#include "engine/api/codec/yaml_scalar.h"

namespace kates::api {

namespace {

constexpr int kBlockDepthMax = 200; // deeper levels are written as JSON, which is YAML too and needs no recursion

// Characters that YAML does not print as they are: controls, the Unicode line breaks and the byte order mark.
bool isSpecial(char32_t c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe || c == 0xffff;
}

bool hasSpecial(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8CharacterLength(text.substr(at));
        if (length == 0 || isSpecial(utf8CodePoint(text.substr(at, length))))
            return true;
        at += length;
    }
    return false;
}

bool looksLikeTimeOrBase60(std::string_view text)
{
    if (text.find_first_not_of("0123456789_:.+-TtZz ") != text.npos)
        return false;
    const bool date = text.size() > 4 && text[4] == '-' && text.find_first_not_of("0123456789") == 4;
    return date || text.find(':') != text.npos;
}

// Whether another reader, or an older one, would take the plain text for something else than a string.
bool isAmbiguous(std::string_view text) { return !resolvePlainScalar(text).isString() || text == "<<" || text == "=" || looksLikeTimeOrBase60(text); }

// Whether YAML's syntax lets the text stand without quotes.
bool canBePlain(std::string_view text)
{
    if (text.front() == ' ' || text.back() == ' ' || text.back() == ':' || text.starts_with("---") || text.starts_with("..."))
        return false;
    if (std::string_view(",[]{}#&*!|>'\"%@`").find(text[0]) != std::string_view::npos)
        return false;
    if (std::string_view("-?:").find(text[0]) != std::string_view::npos && (text.size() == 1 || text[1] == ' '))
        return false;
    return text.find(": ") == text.npos && text.find(" #") == text.npos;
}

std::string doubleQuoted(std::string_view text)
{
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8CharacterLength(text.substr(at));
        const std::string_view character = text.substr(at, std::max<std::size_t>(length, 1));
        const char32_t code = length ? utf8CodePoint(character) : 0xfffd;
        at += character.size();
        if (code == '"' || code == '\\')
            out += '\\';
        if (code == '\n')
            out += "\\n";
        else if (code == '\t')
            out += "\\t";
        else if (length == 0 || isSpecial(code))
            out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(code));
        else
            out += character;
    }
    return out += '"';
}

std::string singleQuoted(std::string_view text)
{
    std::string out = "'";
    for (const char c : text)
        out.append(c == '\'' ? 2 : 1, c);
    return out += '\'';
}

bool isBlock(const Value& value, int depth) { return value.size() > 0 && depth <= kBlockDepthMax; }

class YamlWriter {
public:
    std::string write(const Value& root)
    {
        value(root, 0, false);
        return std::move(m_out);
    }

private:
    // After "key:" or "-", or at the start. Inside a list item the first line goes on where the dash is.
    void value(const Value& value, int depth, bool inItem);
    void list(const Value& list, int depth, bool inItem);
    void map(const Value& map, int depth, bool inItem);
    void text(std::string_view text, int depth);
    void indent(int depth) { m_out.append(depth * 2, ' '); }

    std::string m_out;
};

void YamlWriter::text(std::string_view text, int depth)
{
    const bool lines = text.find('\n') != text.npos;
    if (hasSpecial(text) || (lines && (text.front() == ' ' || text.front() == '\n')) || (!lines && isAmbiguous(text))) {
        m_out += doubleQuoted(text) + '\n';
        return;
    }
    if (!lines) {
        m_out.append(canBePlain(text) ? std::string(text) : singleQuoted(text)) += '\n';
        return;
    }
    m_out += text.back() != '\n' ? "|-\n" : text.ends_with("\n\n") ? "|+\n" : "|\n";
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (!line.empty())
            indent(std::max(depth, 1));
        m_out.append(line) += '\n';
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
}

void YamlWriter::list(const Value& list, int depth, bool inItem)
{
    for (const Value& item : list) {
        if (!inItem)
            indent(depth);
        inItem = false;
        m_out += "- ";
        value(item, depth + 1, true);
    }
}

void YamlWriter::map(const Value& map, int depth, bool inItem)
{
    std::vector<const Member*> members;
    for (const Member& member : map.members())
        members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) { return a->key.view() < b->key.view(); });
    for (const Member* member : members) {
        if (!inItem)
            indent(depth);
        inItem = false;
        const std::string_view key = member->key;
        const bool quoted = key.find('\n') != key.npos || hasSpecial(key) || isAmbiguous(key);
        m_out += (quoted ? doubleQuoted(key) : canBePlain(key) ? std::string(key) : singleQuoted(key)) + ':';
        // A list stands at the column of its key.
        const int below = member->value.isArray() ? depth : depth + 1;
        m_out += isBlock(member->value, below) ? '\n' : ' ';
        value(member->value, below, false);
    }
}

void YamlWriter::value(const Value& value, int depth, bool inItem)
{
    if (value.isString())
        text(value.asString(), depth);
    else if (!isBlock(value, depth))
        m_out += toJson(value) + '\n';
    else if (value.isArray())
        list(value, depth, inItem);
    else
        map(value, depth, inItem);
}

} // namespace

std::string toYaml(const Value& value) { return YamlWriter().write(value); }

} // namespace kates::api
