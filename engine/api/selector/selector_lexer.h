// The words of a label selector's query form. Internal to selector*.cpp.
#pragma once

#include <string_view>

namespace kates::api {

class SelectorLexer {
public:
    enum class Token { End, Open, Close, Comma, Not, Equals, NotEquals, Greater, Less, Word };

    explicit SelectorLexer(std::string_view text)
        : m_rest(text)
    {
        next();
    }
    Token token() const { return m_token; }
    std::string_view text() const { return m_text; } // empty at the end
    void next();

private:
    std::string_view m_rest, m_text;
    Token m_token = Token::End;
};

} // namespace kates::api
