#include "engine/api/codec/json_problem.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "engine/api/codec/utf8.h"

namespace kates::api {

namespace {

// One pass over the text with a list of the open containers, so that nesting costs no stack.
class JsonChecker {
public:
    explicit JsonChecker(std::string_view text)
        : m_text(text)
    {
    }
    std::optional<JsonProblem> check();

private:
    enum class Expect { Value, ValueOrEnd, Key, KeyOrEnd, Colon, CommaOrEnd, Nothing };

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char c)
    {
        const bool here = !atEnd() && m_text[m_at] == c;
        m_at += here;
        return here;
    }
    bool refuse(std::string message)
    {
        m_problem = JsonProblem { m_at, std::move(message) };
        return false;
    }
    bool unexpected(std::string_view wanted);
    void skipSpace() { m_at = std::min(m_text.find_first_not_of(" \t\r\n", m_at), m_text.size()); }
    bool step();
    bool value();
    bool close(char c);
    bool string();
    bool escape();
    std::optional<unsigned> hex4();
    bool number();
    bool digits();
    bool word(std::string_view word);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<char> m_open;
    Expect m_expect = Expect::Value;
    std::optional<JsonProblem> m_problem;
};

bool JsonChecker::unexpected(std::string_view wanted)
{
    if (atEnd())
        return refuse(fmt::format("the text ends where {} should stand", wanted));
    const std::size_t length = utf8CharacterLength(m_text.substr(m_at));
    if (length == 0)
        return refuse("this is not UTF-8");
    const bool printable = static_cast<unsigned char>(peek()) >= 0x20;
    const std::string found = printable ? fmt::format("'{}'", m_text.substr(m_at, length)) : fmt::format("character {:#04x}", peek());
    return refuse(fmt::format("{} stands where {} should", found, wanted));
}

bool JsonChecker::digits()
{
    const std::size_t from = m_at;
    while (peek() >= '0' && peek() <= '9')
        ++m_at;
    return m_at > from || unexpected("a digit");
}

bool JsonChecker::number()
{
    take('-');
    if (!take('0') && !digits())
        return false;
    if (take('.') && !digits())
        return false;
    if (!take('e') && !take('E'))
        return true;
    if (!take('+'))
        take('-');
    return digits();
}

std::optional<unsigned> JsonChecker::hex4()
{
    unsigned code = 0;
    for (int i = 0; i < 4; ++i, ++m_at) {
        const char c = peek();
        const auto digit = std::string_view("0123456789abcdef").find(static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c));
        if (digit == std::string_view::npos) {
            unexpected("a hexadecimal digit");
            return std::nullopt;
        }
        code = code * 16 + static_cast<unsigned>(digit);
    }
    return code;
}

bool JsonChecker::escape()
{
    if (std::string_view("\"\\/bfnrt").find(peek()) != std::string_view::npos && !atEnd()) {
        ++m_at;
        return true;
    }
    if (!take('u'))
        return unexpected("an escape character");
    const auto code = hex4();
    if (!code || *code < 0xd800 || *code >= 0xe000)
        return code.has_value();
    if (*code >= 0xdc00 || !take('\\') || !take('u'))
        return refuse("half a surrogate pair");
    const auto low = hex4();
    return low && (*low >= 0xdc00 && *low < 0xe000 ? true : refuse("half a surrogate pair"));
}

bool JsonChecker::string()
{
    ++m_at;
    while (!take('"')) {
        if (take('\\')) {
            if (!escape())
                return false;
            continue;
        }
        if (atEnd() || static_cast<unsigned char>(peek()) < 0x20)
            return unexpected("the rest of a string");
        const std::size_t length = utf8CharacterLength(m_text.substr(m_at));
        if (length == 0)
            return refuse("this is not UTF-8");
        m_at += length;
    }
    return true;
}

bool JsonChecker::word(std::string_view word)
{
    for (const char c : word) {
        if (!take(c))
            return unexpected(fmt::format("the rest of {}", word));
    }
    return true;
}

bool JsonChecker::value()
{
    m_expect = m_open.empty() ? Expect::Nothing : Expect::CommaOrEnd;
    const char c = peek();
    if (c == '{' || c == '[') {
        ++m_at;
        m_open.push_back(c);
        m_expect = c == '{' ? Expect::KeyOrEnd : Expect::ValueOrEnd;
        return true;
    }
    if (c == '"')
        return string();
    if (c == '-' || (c >= '0' && c <= '9'))
        return number();
    return c == 't' ? word("true") : c == 'f' ? word("false") : c == 'n' ? word("null") : unexpected("a value");
}

bool JsonChecker::close(char c)
{
    if (m_open.empty() || c != (m_open.back() == '{' ? '}' : ']') || !take(c))
        return false;
    m_open.pop_back();
    m_expect = m_open.empty() ? Expect::Nothing : Expect::CommaOrEnd;
    return true;
}

bool JsonChecker::step()
{
    switch (m_expect) {
    case Expect::ValueOrEnd:
        return close(peek()) || value();
    case Expect::Value:
        return value();
    case Expect::KeyOrEnd:
    case Expect::Key:
        if (m_expect == Expect::KeyOrEnd && close(peek()))
            return true;
        m_expect = Expect::Colon;
        return peek() == '"' ? string() : unexpected("a key in quotes");
    case Expect::Colon:
        m_expect = Expect::Value;
        return take(':') || unexpected("':'");
    case Expect::CommaOrEnd:
        if (close(peek()))
            return true;
        m_expect = m_open.back() == '{' ? Expect::Key : Expect::Value;
        return take(',') || unexpected(m_open.back() == '{' ? "',' or '}'" : "',' or ']'");
    default:
        return atEnd() || unexpected("the end");
    }
}

std::optional<JsonProblem> JsonChecker::check()
{
    do {
        skipSpace();
        if (!step())
            return m_problem;
    } while (!atEnd() || m_expect != Expect::Nothing);
    return std::nullopt;
}

} // namespace

std::optional<JsonProblem> findJsonProblem(std::string_view text) { return JsonChecker(text).check(); }

} // namespace kates::api
