#include "engine/api/codec/yaml_scalar.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace kates::api {

namespace {

struct Word {
    std::string_view text;
    Value value;
};

// The words that are not strings.
const std::vector<Word>& words()
{
    static const std::vector<Word> table = [] {
        std::vector<Word> all;
        for (const char* text : { "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" })
            all.push_back({ text, true });
        for (const char* text : { "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" })
            all.push_back({ text, false });
        for (const char* text : { "", "~", "null", "Null", "NULL" })
            all.push_back({ text, nullptr });
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        for (const char* text : { ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" })
            all.push_back({ text, kInfinity });
        for (const char* text : { "-.inf", "-.Inf", "-.INF" })
            all.push_back({ text, -kInfinity });
        for (const char* text : { ".nan", ".NaN", ".NAN" })
            all.push_back({ text, std::numeric_limits<double>::quiet_NaN() });
        return all;
    }();
    return table;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Takes "0x", "0o", "0b" or an octal's leading 0 off.
int takeBase(std::string_view& digits)
{
    if (digits.size() < 2 || digits[0] != '0')
        return 10;
    const char letter = static_cast<char>(digits[1] | 0x20);
    const int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    digits.remove_prefix(base ? 2 : 1);
    return base ? base : 8;
}

std::optional<Value> parseInteger(std::string_view text)
{
    const bool negative = text[0] == '-';
    if (negative || text[0] == '+')
        text.remove_prefix(1);
    const int base = takeBase(text);
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size, base);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
    if (size <= kMax)
        return Value(negative ? -static_cast<std::int64_t>(size) : static_cast<std::int64_t>(size));
    if (!negative)
        return Value(static_cast<double>(size));
    return size == kMax + 1 ? std::optional<Value>(std::numeric_limits<std::int64_t>::min()) : std::nullopt;
}

std::optional<Value> parseFloat(std::string_view text)
{
    const std::string_view number = text[0] == '+' ? text.substr(1) : text;
    // No "inf", "nan" or second sign, which from_chars would take.
    const std::size_t first = !number.empty() && number[0] == '-' && text[0] != '+' ? 1 : 0;
    if (first >= number.size() || (!isDigit(number[first]) && number[first] != '.'))
        return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc() || end != number.data() + number.size())
        return std::nullopt;
    return Value(value);
}

} // namespace

Value resolvePlainScalar(std::string_view text)
{
    constexpr std::size_t kWordMax = 5;
    if (text.size() <= kWordMax) {
        for (const Word& word : words()) {
            if (word.text == text)
                return word.value;
        }
    }
    const char first = text.empty() ? 'x' : text[0];
    if (!isDigit(first) && first != '+' && first != '-' && first != '.')
        return Value(text);
    std::string plain(text);
    if (first != '.') {
        std::erase(plain, '_');
        if (const auto integer = parseInteger(plain))
            return *integer;
    }
    const auto number = parseFloat(plain);
    return number ? *number : Value(text);
}

} // namespace kates::api
