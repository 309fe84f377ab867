#include <array>
#include <charconv>
#include <cmath>

#include "engine/api/json.h"
#include "engine/api/codec/utf8.h"
#include "engine/api/value/value_impl.h"

namespace kates::api {

namespace {

constexpr auto kPlain = [] {
    std::array<bool, 256> plain {};
    for (int c = 0x20; c < 0x80; ++c)
        plain[c] = c != '"' && c != '\\';
    return plain;
}();

void appendEscaped(std::string& out, char c)
{
    static constexpr std::string_view kShort = "\"\\\b\f\n\r\t", kLetters = "\"\\bfnrt";
    static constexpr char kHex[] = "0123456789abcdef";
    out += '\\';
    if (const auto at = kShort.find(c); at != kShort.npos) {
        out += kLetters[at];
        return;
    }
    out += "u00";
    out += kHex[(c >> 4) & 15];
    out += kHex[c & 15];
}

void appendString(std::string& out, std::string_view text)
{
    out += '"';
    std::size_t plainFrom = 0, at = 0;
    while (at < text.size()) {
        if (kPlain[static_cast<unsigned char>(text[at])]) {
            ++at;
            continue;
        }
        if (static_cast<unsigned char>(text[at]) >= 0x80) {
            if (const std::size_t length = utf8CharacterLength(text.substr(at))) {
                at += length;
                continue;
            }
        }
        out.append(text, plainFrom, at - plainFrom);
        if (static_cast<unsigned char>(text[at]) >= 0x80)
            out += "\\ufffd"; // a byte that is not UTF-8
        else
            appendEscaped(out, text[at]);
        plainFrom = ++at;
    }
    out.append(text, plainFrom, at - plainFrom);
    out += '"';
}

void appendInt(std::string& out, std::int64_t number)
{
    char buffer[24];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

// The shortest form, exponents only for very small and very large numbers, as Go prints floats; but not as whole numbers that need more than
// 64 bits, which many readers, ours among them, refuse. JSON has no NaN or infinity: null.
void appendDouble(std::string& out, double number)
{
    if (!std::isfinite(number)) {
        out += "null";
        return;
    }
    const double size = std::fabs(number);
    const bool fixed = size == 0 || (size >= 1e-6 && size < 1e19);
    char buffer[64];
    const char* end = std::to_chars(buffer, buffer + sizeof buffer, number, fixed ? std::chars_format::fixed : std::chars_format::scientific).ptr;
    std::string_view text(buffer, end - buffer);
    const std::size_t padded = text.find("e-0");
    if (padded == text.npos) {
        out += text;
        return;
    }
    out.append(text, 0, padded + 2);
    out += text.substr(padded + 3);
}

class Writer {
public:
    Writer(std::string& out, int indent)
        : m_out(out)
        , m_indent(indent)
    {
    }
    void write(const Value& root);

private:
    // An array or object that is being written; a frame list instead of recursion, so that depth does not matter to the stack.
    struct Frame {
        const Value* container;
        std::size_t next;
    };
    void begin(const Value& value);
    void separate(bool first);
    void newLine(std::size_t level)
    {
        m_out += '\n';
        m_out.append(level * m_indent, ' ');
    }

    std::string& m_out;
    int m_indent; // below 0: compact
    std::vector<Frame> m_frames;
};

void Writer::begin(const Value& value)
{
    switch (value.type()) {
    case Value::Type::Null:
        m_out += "null";
        break;
    case Value::Type::Bool:
        m_out += value.asBool() ? "true" : "false";
        break;
    case Value::Type::Int:
        appendInt(m_out, value.asInt());
        break;
    case Value::Type::Double:
        appendDouble(m_out, value.asDouble());
        break;
    case Value::Type::String:
        appendString(m_out, value.asString());
        break;
    default:
        if (value.size() == 0) {
            m_out += value.isArray() ? "[]" : "{}";
            break;
        }
        m_out += value.isArray() ? '[' : '{';
        m_frames.push_back({ &value, 0 });
    }
}

void Writer::separate(bool first)
{
    if (!first)
        m_out += ',';
    if (m_indent >= 0)
        newLine(m_frames.size());
}

void Writer::write(const Value& root)
{
    m_frames.reserve(16);
    begin(root);
    while (!m_frames.empty()) {
        Frame& frame = m_frames.back();
        const Value& container = *frame.container;
        const std::size_t at = frame.next++;
        if (at == container.size()) {
            m_frames.pop_back();
            if (m_indent >= 0)
                newLine(m_frames.size());
            m_out += container.isArray() ? ']' : '}';
            continue;
        }
        separate(at == 0);
        if (container.isArray()) {
            begin(container.begin()[at]);
            continue;
        }
        const Member& member = container.members().begin()[at];
        appendString(m_out, member.key);
        m_out += m_indent >= 0 ? ": " : ":";
        begin(member.value);
    }
}

} // namespace

void appendJson(std::string& out, const Value& value) { Writer(out, -1).write(value); }

std::string toJson(const Value& value)
{
    std::string out;
    appendJson(out, value);
    return out;
}

std::string toPrettyJson(const Value& value, int indent)
{
    std::string out;
    Writer(out, indent < 0 ? 0 : indent).write(value);
    return out;
}

} // namespace kates::api
