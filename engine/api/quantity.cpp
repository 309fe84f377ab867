#include "engine/api/quantity.h"

#include <charconv>
#include <fmt/format.h>
#include <limits>
#include <optional>

#include "engine/api/json.h"

namespace kates::api {

namespace {

using Wide = unsigned __int128;

constexpr std::int64_t kNano = 1'000'000'000;
constexpr Wide kUnitsMax = std::numeric_limits<std::int64_t>::max();
constexpr Wide kNanoMax = kUnitsMax * kNano;
constexpr std::size_t kTextMax = 128; // characters; far beyond every number that can be held
constexpr std::string_view kDecimalSuffixes[] = { "n", "u", "m", "", "k", "M", "G", "T", "P", "E" }; // 10^-9, 10^-6 …
constexpr std::string_view kBinarySuffixes[] = { "", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei" };

struct Suffix {
    Quantity::Format format;
    int exponent; // of 10, or of 2 for BinarySI
};

std::optional<Suffix> parseSuffix(std::string_view text)
{
    for (int i = 0; i < 10; ++i) {
        if (text == kDecimalSuffixes[i])
            return Suffix { Quantity::Format::DecimalSI, (i - 3) * 3 };
    }
    for (int i = 1; i < 7; ++i) {
        if (text == kBinarySuffixes[i])
            return Suffix { Quantity::Format::BinarySI, i * 10 };
    }
    if (text[0] != 'e' && text[0] != 'E')
        return std::nullopt;
    text.remove_prefix(1);
    if (text.size() > 1 && text[0] == '+' && text[1] != '-')
        text.remove_prefix(1);
    int exponent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return Suffix { Quantity::Format::DecimalExponent, exponent };
}

Wide saturatingNumber(std::string_view digits, Wide limit)
{
    Wide number = 0;
    for (char digit : digits) {
        number = number * 10 + (digit - '0');
        if (number > limit)
            return limit;
    }
    return number;
}

bool anyNonZero(std::string_view digits) { return digits.find_first_not_of('0') != digits.npos; }

// whole.fraction × 10^exponent in nano units, rounded away from zero.
Wide decimalNano(std::string_view whole, std::string_view fraction, int exponent)
{
    std::string digits(whole);
    digits += fraction;
    if (!anyNonZero(digits))
        return 0;
    const std::int64_t shift = std::int64_t(exponent) + 9 - static_cast<std::int64_t>(fraction.size());
    if (shift > 40)
        return kNanoMax;
    if (shift >= 0)
        return saturatingNumber(digits.append(shift, '0'), kNanoMax);
    const std::size_t cut = std::min<std::uint64_t>(-shift, digits.size());
    const std::string_view kept(digits.data(), digits.size() - cut);
    const Wide number = saturatingNumber(kept, kNanoMax);
    return number < kNanoMax && anyNonZero(std::string_view(digits).substr(kept.size())) ? number + 1 : number;
}

// whole.fraction × 2^exponent in nano units, rounded away from zero. Fraction digits beyond the 18th only count for rounding.
Wide binaryNano(std::string_view whole, std::string_view fraction, int exponent)
{
    constexpr Wide kScale = 1'000'000'000'000'000'000;
    const Wide units = saturatingNumber(whole, kUnitsMax) << exponent;
    if (units >= kUnitsMax)
        return kNanoMax;
    std::string used(fraction.substr(0, 18));
    used.append(18 - used.size(), '0');
    const Wide scaled = saturatingNumber(used, kScale) << exponent;
    const Wide rest = scaled % kScale * kNano;
    const bool more = rest % kScale != 0 || (fraction.size() > 18 && anyNonZero(fraction.substr(18)));
    const Wide nano = (units + scaled / kScale) * kNano + rest / kScale + (more ? 1 : 0);
    return std::min(nano, kNanoMax);
}

std::int64_t dividedUp(__int128 nano, std::int64_t divisor)
{
    const __int128 whole = nano / divisor;
    const __int128 rounded = nano % divisor == 0 ? whole : nano > 0 ? whole + 1 : whole - 1;
    constexpr __int128 kMax = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(rounded > kMax ? kMax : rounded < -kMax ? -kMax : rounded);
}

std::size_t digitsFrom(std::string_view text, std::size_t at)
{
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    return at;
}

std::string wideToString(Wide number)
{
    std::string text;
    do {
        text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
        number /= 10;
    } while (number);
    return text;
}

} // namespace

Result<Quantity> Quantity::parse(std::string_view text)
{
    const std::size_t from = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    const std::size_t wholeEnd = digitsFrom(text, from);
    const bool hasFraction = wholeEnd < text.size() && text[wholeEnd] == '.';
    const std::size_t fractionEnd = hasFraction ? digitsFrom(text, wholeEnd + 1) : wholeEnd;
    const std::string_view whole = text.substr(from, wholeEnd - from);
    const std::string_view fraction = hasFraction ? text.substr(wholeEnd + 1, fractionEnd - wholeEnd - 1) : std::string_view();
    if ((whole.empty() && fraction.empty()) || text.size() > kTextMax)
        return failure("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    const auto suffix = parseSuffix(text.substr(fractionEnd));
    if (!suffix)
        return failure("unable to parse quantity's suffix");
    const bool binary = suffix->format == Format::BinarySI;
    const Wide nano = binary ? binaryNano(whole, fraction, suffix->exponent) : decimalNano(whole, fraction, suffix->exponent);
    Quantity result;
    result.m_nano = text[0] == '-' ? -static_cast<__int128>(nano) : static_cast<__int128>(nano);
    // A fraction of one unit has no binary form.
    result.m_format = binary && nano < Wide(kNano) ? Format::DecimalSI : suffix->format;
    return result;
}

Quantity Quantity::fromValue(const Value& value)
{
    if (!value.isString())
        return value.isNumber() ? parse(toJson(value)).value_or(Quantity()) : Quantity();
    std::string_view text = value.asString();
    constexpr std::string_view kSpace = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
    text = text.substr(0, text.find_last_not_of(kSpace) + 1);
    return parse(text).value_or(Quantity());
}

Quantity Quantity::ofUnits(std::int64_t units, Format format)
{
    Quantity result;
    result.m_nano = static_cast<__int128>(units) * kNano;
    result.m_format = format;
    return result;
}

Quantity Quantity::ofMilli(std::int64_t milli)
{
    Quantity result;
    result.m_nano = static_cast<__int128>(milli) * 1'000'000;
    return result;
}

std::int64_t Quantity::units() const { return dividedUp(m_nano, kNano); }

std::int64_t Quantity::milli() const { return dividedUp(m_nano, 1'000'000); }

std::string Quantity::toString() const
{
    if (isZero())
        return "0";
    Wide number = static_cast<Wide>(m_nano < 0 ? -m_nano : m_nano);
    const std::string_view sign = m_nano < 0 ? "-" : "";
    int step = 0;
    // Below 1Ki, or with a fraction, binary quantities are written in decimal so that nothing is lost.
    if (m_format == Format::BinarySI && number % kNano == 0 && number >= Wide(1024) * kNano) {
        for (number /= kNano; number % 1024 == 0 && step < 6; ++step)
            number /= 1024;
        return fmt::format("{}{}{}", sign, wideToString(number), kBinarySuffixes[step]);
    }
    for (; number % 1000 == 0 && step < 9; ++step)
        number /= 1000;
    const int exponent = (step - 3) * 3;
    if (m_format == Format::DecimalExponent)
        return exponent ? fmt::format("{}{}e{}", sign, wideToString(number), exponent) : fmt::format("{}{}", sign, wideToString(number));
    return fmt::format("{}{}{}", sign, wideToString(number), kDecimalSuffixes[step]);
}

Quantity Quantity::operator+(const Quantity& other) const
{
    constexpr auto kMax = static_cast<__int128>(kNanoMax);
    Quantity result;
    const __int128 sum = m_nano + other.m_nano; // both are far from the limits of 128 bits
    result.m_nano = sum > kMax ? kMax : sum < -kMax ? -kMax : sum;
    result.m_format = isZero() ? other.m_format : m_format;
    return result;
}

Quantity Quantity::operator-(const Quantity& other) const
{
    Quantity negative = other;
    negative.m_nano = -other.m_nano;
    return *this + negative;
}

} // namespace kates::api
