#include "engine/network/link/address_pool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "engine/base/files.h"

namespace kates::network {

namespace {

constexpr std::size_t kOwnerMaxBytes = 256;

Result<void> writeOwner(const std::filesystem::path& path, const std::string& owner)
{
    OwnedFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!fd || ::write(fd.get(), owner.data(), owner.size()) != static_cast<ssize_t>(owner.size()))
        return systemFailure("write " + path.string());
    return {};
}

} // namespace

Result<AddressPool> AddressPool::open(std::filesystem::path directory)
{
    if (auto made = makeDirectories(directory); !made)
        return tl::unexpected(made.error());
    AddressPool pool(std::move(directory));
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(pool.m_directory, error)) {
        const auto address = Ipv4::parse(entry.path().filename().string());
        auto owner = readFile(entry.path(), kOwnerMaxBytes);
        if (!address || !owner || owner->empty() || pool.m_addresses.count(*owner)) {
            std::filesystem::remove(entry.path(), error); // half written by a process that was killed
            continue;
        }
        pool.m_owners[*address] = *owner;
        pool.m_addresses[*owner] = *address;
    }
    if (error)
        return systemFailure("read " + pool.m_directory.string(), error.value());
    return pool;
}

void AddressPool::setSubnet(const Ipv4Prefix& subnet)
{
    m_subnet = subnet.subnet();
    m_last = 1;
    for (const auto& [address, owner] : m_owners)
        if (m_subnet->contains(address))
            m_last = std::max(m_last, address.value() - m_subnet->address.value());
}

std::optional<Ipv4> AddressPool::gateway() const
{
    return m_subnet ? std::optional(m_subnet->at(1)) : std::nullopt;
}

Result<Ipv4> AddressPool::allocate(const std::string& owner)
{
    if (auto existing = addressOf(owner))
        return *existing;
    if (!m_subnet)
        return failure("the node has no pod network yet (spec.podCIDR of its Node is not set)");
    if (m_subnet->size() < 4)
        return failure("the node's pod network " + m_subnet->toString() + " is too small");
    const auto last = static_cast<std::uint32_t>(m_subnet->size() - 2); // the highest that is not the broadcast address
    for (std::uint32_t tried = 2; tried <= last; ++tried) {
        m_last = m_last >= last ? 2 : m_last + 1;
        const auto address = m_subnet->at(m_last);
        if (m_owners.count(address))
            continue;
        if (auto written = writeOwner(m_directory / address.toString(), owner); !written)
            return tl::unexpected(written.error());
        m_owners[address] = owner;
        m_addresses[owner] = address;
        return address;
    }
    return failure(fmt::format("all addresses of the node's pod network {} are in use", m_subnet->toString()));
}

Result<void> AddressPool::release(const std::string& owner)
{
    const auto address = addressOf(owner);
    if (!address)
        return {};
    const auto path = m_directory / address->toString();
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return systemFailure("remove " + path.string());
    m_owners.erase(*address);
    m_addresses.erase(owner);
    return {};
}

std::vector<std::string> AddressPool::owners() const
{
    std::vector<std::string> all;
    for (const auto& [owner, address] : m_addresses)
        all.push_back(owner);
    return all;
}

std::optional<Ipv4> AddressPool::addressOf(const std::string& owner) const
{
    auto found = m_addresses.find(owner);
    return found == m_addresses.end() ? std::nullopt : std::optional(found->second);
}

} // namespace kates::network
