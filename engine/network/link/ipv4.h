// IPv4 addresses and subnets as values. Dual stack is not there yet; nothing outside of this file knows that an address has four bytes.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kates::network {

class Ipv4 {
public:
    constexpr Ipv4() = default;
    constexpr explicit Ipv4(std::uint32_t value) : m_value(value) {}
    static std::optional<Ipv4> parse(std::string_view text); // dotted quad, no leading zeros
    constexpr std::uint32_t value() const { return m_value; } // host byte order
    std::string toString() const;
    auto operator<=>(const Ipv4&) const = default;

private:
    std::uint32_t m_value = 0;
};

// An address and the length of its network's prefix: a subnet (10.244.1.0/24) or an interface's address (10.244.1.1/24).
struct Ipv4Prefix {
    Ipv4 address;
    int length = 32;

    static std::optional<Ipv4Prefix> parse(std::string_view text); // "a.b.c.d/n"
    std::uint32_t mask() const { return length == 0 ? 0 : ~std::uint32_t(0) << (32 - length); }
    Ipv4Prefix subnet() const { return {Ipv4(address.value() & mask()), length}; }
    std::uint64_t size() const { return std::uint64_t(1) << (32 - length); }
    Ipv4 at(std::uint32_t offset) const { return Ipv4((address.value() & mask()) + offset); }
    bool contains(Ipv4 other) const { return ((other.value() ^ address.value()) & mask()) == 0; }
    std::string toString() const;
    auto operator<=>(const Ipv4Prefix&) const = default;
};

// Where the addresses of simulated pods are from (shared address space, RFC 6598): nobody answers there.
constexpr Ipv4Prefix kSimulatedSubnet{Ipv4(100u << 24 | 64u << 16), 10};

} // namespace kates::network
