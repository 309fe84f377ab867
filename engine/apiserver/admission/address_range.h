// An IPv4 range, as in 10.96.0.0/16.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kates::apiserver {

class AddressRange {
public:
    static std::optional<AddressRange> parse(std::string_view cidr);
    static std::optional<std::uint32_t> parseAddress(std::string_view text);
    static std::string toString(std::uint32_t address);

    // The usable addresses: without the network's own and the broadcast address.
    std::uint32_t begin() const { return m_base + 1; }
    std::uint32_t end() const { return m_base + m_size - 1; } // exclusive
    bool contains(std::uint32_t address) const { return address >= begin() && address < end(); }
    std::string first() const { return toString(begin()); }
    std::string toString() const { return toString(m_base) + "/" + std::to_string(m_bits); }

private:
    std::uint32_t m_base = 0, m_size = 0;
    int m_bits = 0;
};

} // namespace kates::apiserver
