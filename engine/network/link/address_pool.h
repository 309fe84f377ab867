// Which pod has which address of the node's pod subnet. Kept as one small file per address, so that a restarted node agent knows it again. The files
// are in the run directory and last as long as the namespaces they speak of (until the host restarts), so they are not synced to disk.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/network/link/ipv4.h"

namespace kates::network {

class AddressPool {
public:
    // Reads what earlier runs have given out.
    [[nodiscard]] static Result<AddressPool> open(std::filesystem::path directory);

    // New addresses come from here from now on; those given out stay.
    void setSubnet(const Ipv4Prefix& subnet);
    std::optional<Ipv4> gateway() const; // the subnet's first address, never given to a pod; none before setSubnet()

    // The owner's address, or a free one. The search goes on behind the last one given out, so that an address rests before it is used again.
    [[nodiscard]] Result<Ipv4> allocate(const std::string& owner);
    [[nodiscard]] Result<void> release(const std::string& owner);
    std::vector<std::string> owners() const;
    std::optional<Ipv4> addressOf(const std::string& owner) const;

private:
    explicit AddressPool(std::filesystem::path directory) : m_directory(std::move(directory)) {}
    std::filesystem::path m_directory;
    std::optional<Ipv4Prefix> m_subnet;
    std::map<Ipv4, std::string> m_owners;
    std::map<std::string, Ipv4> m_addresses;
    std::uint32_t m_last = 1;
};

} // namespace kates::network
