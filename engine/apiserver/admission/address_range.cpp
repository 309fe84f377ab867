#include "engine/apiserver/admission/address_range.h"

#include <arpa/inet.h>
#include <charconv>

namespace kates::apiserver {

std::optional<std::uint32_t> AddressRange::parseAddress(std::string_view text)
{
    in_addr address;
    if (::inet_pton(AF_INET, std::string(text).c_str(), &address) != 1)
        return std::nullopt;
    return ntohl(address.s_addr);
}

std::string AddressRange::toString(std::uint32_t address)
{
    in_addr raw{htonl(address)};
    char text[INET_ADDRSTRLEN];
    return ::inet_ntop(AF_INET, &raw, text, sizeof text);
}

std::optional<AddressRange> AddressRange::parse(std::string_view cidr)
{
    auto slash = cidr.find('/');
    auto address = parseAddress(cidr.substr(0, slash));
    int bits = 0;
    auto text = slash == std::string_view::npos ? std::string_view() : cidr.substr(slash + 1);
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (!address || error != std::errc() || end != text.data() + text.size() || bits < 8 || bits > 29)
        return std::nullopt;
    AddressRange range;
    range.m_bits = bits;
    range.m_size = 1u << (32 - bits);
    range.m_base = *address & ~(range.m_size - 1);
    return range;
}

} // namespace kates::apiserver
