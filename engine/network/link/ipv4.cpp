#include "engine/network/link/ipv4.h"

#include <charconv>
#include <fmt/format.h>

namespace kates::network {

namespace {

std::optional<std::uint32_t> parseDecimal(std::string_view text, std::uint32_t max)
{
    std::uint32_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || number > max || (text.size() > 1 && text[0] == '0'))
        return std::nullopt;
    return number;
}

} // namespace

std::optional<Ipv4> Ipv4::parse(std::string_view text)
{
    std::uint32_t value = 0;
    for (int part = 0; part < 4; ++part) {
        const auto dot = part < 3 ? text.find('.') : text.size();
        if (dot == text.npos)
            return std::nullopt;
        const auto number = parseDecimal(text.substr(0, dot), 255);
        if (!number)
            return std::nullopt;
        value = value << 8 | *number;
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    return Ipv4(value);
}

std::string Ipv4::toString() const
{
    return fmt::format("{}.{}.{}.{}", m_value >> 24, m_value >> 16 & 255, m_value >> 8 & 255, m_value & 255);
}

std::optional<Ipv4Prefix> Ipv4Prefix::parse(std::string_view text)
{
    const auto slash = text.find('/');
    if (slash == text.npos)
        return std::nullopt;
    const auto address = Ipv4::parse(text.substr(0, slash));
    const auto length = parseDecimal(text.substr(slash + 1), 32);
    if (!address || !length)
        return std::nullopt;
    return Ipv4Prefix{*address, static_cast<int>(*length)};
}

std::string Ipv4Prefix::toString() const
{
    return fmt::format("{}/{}", address.toString(), length);
}

} // namespace kates::network
