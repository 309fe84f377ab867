// The query form of label selectors, by the grammar of apimachinery's pkg/labels.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "engine/api/names.h"
#include "engine/api/selector/selector_lexer.h"
#include "engine/api/selector/selector_requirement.h"

namespace kates::api {

namespace {

using Operator = LabelSelector::Operator;
using Requirement = LabelSelector::Requirement;
using Token = SelectorLexer::Token;

class Parser {
public:
    explicit Parser(std::string_view text)
        : m_lexer(text)
    {
    }
    Result<std::vector<Requirement>> parse();

private:
    Result<Requirement> requirement();
    Result<Operator> comparison();
    Result<std::vector<std::string>> exactValue();
    Result<std::vector<std::string>> valueList();
    tl::unexpected<Error> unexpected(std::string_view expected) const
    {
        return failure(fmt::format("found '{}', expected: {}", m_lexer.text(), expected));
    }
    bool take(Token token)
    {
        if (m_lexer.token() != token)
            return false;
        m_lexer.next();
        return true;
    }

    SelectorLexer m_lexer;
};

Result<std::vector<Requirement>> Parser::parse()
{
    std::vector<Requirement> requirements;
    if (m_lexer.token() == Token::End)
        return requirements;
    for (;;) {
        if (m_lexer.token() != Token::Word && m_lexer.token() != Token::Not)
            return unexpected(requirements.empty() ? "!, identifier, or 'end of string'" : "identifier after ','");
        Result<Requirement> next = requirement();
        if (!next)
            return failure("unable to parse requirement: " + next.error().message);
        requirements.push_back(std::move(*next));
        if (m_lexer.token() == Token::End)
            return requirements;
        if (!take(Token::Comma))
            return unexpected("',' or 'end of string'");
    }
}

Result<Requirement> Parser::requirement()
{
    const bool negated = take(Token::Not);
    if (m_lexer.token() != Token::Word)
        return unexpected("identifier");
    std::string key(m_lexer.text());
    m_lexer.next();
    if (negated || m_lexer.token() == Token::End || m_lexer.token() == Token::Comma)
        return makeRequirement(std::move(key), negated ? Operator::DoesNotExist : Operator::Exists, {});
    const bool isSet = m_lexer.token() == Token::Word;
    const Result<Operator> op = comparison();
    if (!op)
        return tl::unexpected(op.error());
    Result<std::vector<std::string>> values = isSet ? valueList() : exactValue();
    if (!values)
        return tl::unexpected(values.error());
    return makeRequirement(std::move(key), *op, std::move(*values));
}

Result<Operator> Parser::comparison()
{
    if (m_lexer.token() == Token::Word && m_lexer.text() != "in" && m_lexer.text() != "notin")
        return unexpected("in, notin, =, ==, !=, gt, lt");
    const bool positive = m_lexer.text() != "notin";
    if (take(Token::Word) || take(Token::Equals))
        return positive ? Operator::In : Operator::NotIn;
    if (take(Token::NotEquals))
        return Operator::NotIn;
    if (take(Token::Greater))
        return Operator::GreaterThan;
    if (take(Token::Less))
        return Operator::LessThan;
    return unexpected("in, notin, =, ==, !=, gt, lt");
}

Result<std::vector<std::string>> Parser::exactValue()
{
    if (m_lexer.token() == Token::End || m_lexer.token() == Token::Comma)
        return std::vector<std::string> { "" };
    if (m_lexer.token() != Token::Word)
        return unexpected("identifier");
    std::vector<std::string> values { std::string(m_lexer.text()) };
    m_lexer.next();
    return values;
}

Result<std::vector<std::string>> Parser::valueList()
{
    if (!take(Token::Open))
        return unexpected("'('");
    std::vector<std::string> values;
    // A place with nothing in it, as in "(a,)", is the empty value; "()" is the empty list.
    if (take(Token::Close))
        return values;
    for (;;) {
        const bool isWord = m_lexer.token() == Token::Word;
        values.emplace_back(isWord ? m_lexer.text() : std::string_view());
        if (isWord)
            m_lexer.next();
        if (take(Token::Close))
            return values;
        if (!take(Token::Comma))
            return unexpected("',' or ')'");
    }
}

} // namespace

Result<Requirement> makeRequirement(std::string key, Operator op, std::vector<std::string> values)
{
    if (const NameProblem problem = qualifiedNameProblem(key))
        return failure(fmt::format("key: Invalid value: \"{}\": {}", key, *problem));
    const bool isSet = op == Operator::In || op == Operator::NotIn, isOrder = op == Operator::GreaterThan || op == Operator::LessThan;
    if (isSet && values.empty())
        return failure("values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
    if (!isSet && !isOrder && !values.empty())
        return failure("values: Invalid value: values set must be empty for exists and does not exist");
    std::int64_t number;
    if (isOrder && (values.size() != 1 || !parseInteger(values[0], number)))
        return failure("values[0]: Invalid value: for 'Gt', 'Lt' operators, the value must be an integer");
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (const NameProblem problem = labelValueProblem(values[i]))
            return failure(fmt::format("values[{}][{}]: Invalid value: \"{}\": {}", i, key, values[i], *problem));
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return Requirement { std::move(key), op, std::move(values) };
}

bool parseInteger(std::string_view text, std::int64_t& number)
{
    if (text.size() > 1 && text[0] == '+' && text[1] != '-')
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

Result<std::vector<Requirement>> parseRequirements(std::string_view text)
{
    if (text.size() > kSelectorTextMax)
        return failure(fmt::format("selector: {} bytes are more than the limit of {}", text.size(), kSelectorTextMax));
    return Parser(text).parse();
}

} // namespace kates::api
