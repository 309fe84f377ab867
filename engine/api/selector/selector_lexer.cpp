#include "engine/api/selector/selector_lexer.h"

#include <algorithm>

namespace kates::api {

namespace {

constexpr std::string_view kSpace = " \t\r\n", kSpecial = "=!(),><", kSpaceOrSpecial = " \t\r\n=!(),><";

} // namespace

void SelectorLexer::next()
{
    m_rest.remove_prefix(std::min(m_rest.find_first_not_of(kSpace), m_rest.size()));
    std::size_t length = std::min(m_rest.find_first_of(kSpaceOrSpecial), m_rest.size());
    if (m_rest.empty()) {
        m_token = Token::End;
    } else if (length > 0) {
        m_token = Token::Word;
    } else {
        const bool doubled = m_rest.size() > 1 && m_rest[1] == '=' && (m_rest[0] == '=' || m_rest[0] == '!');
        length = doubled ? 2 : 1;
        static constexpr Token kTokens[] = { Token::Equals, Token::Not, Token::Open, Token::Close, Token::Comma, Token::Greater, Token::Less };
        m_token = doubled && m_rest[0] == '!' ? Token::NotEquals : kTokens[kSpecial.find(m_rest[0])];
    }
    m_text = m_rest.substr(0, length);
    m_rest.remove_prefix(length);
}

} // namespace kates::api
