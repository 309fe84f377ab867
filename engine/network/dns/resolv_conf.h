// The host's own resolvers, from resolv.conf(5).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/network/link/ipv4.h"

namespace kates::network::dns {

constexpr std::size_t kNameserversMax = 3; // as the C library

// The IPv4 name servers, in order.
[[nodiscard]] std::vector<Ipv4> parseNameservers(std::string_view resolvConf);

// Follows the file: reads it again when it has changed, which is looked at when somebody asks.
class HostResolvers {
public:
    explicit HostResolvers(std::filesystem::path file = "/etc/resolv.conf") : m_file(std::move(file)) {}
    const std::vector<Ipv4>& get();

private:
    std::filesystem::path m_file;
    std::filesystem::file_time_type m_changed = std::filesystem::file_time_type::min();
    std::vector<Ipv4> m_servers;
};

} // namespace kates::network::dns
