#include "engine/controllers/nodeipam/cidr_set.h"

#include <arpa/inet.h>
#include <charconv>
#include <fmt/format.h>
#include <optional>

namespace kates::controllers {

namespace {

struct Network {
    std::uint32_t address;
    int bits;
};

std::optional<Network> parse(const std::string& cidr)
{
    const std::size_t slash = cidr.find('/');
    if (slash == std::string::npos)
        return std::nullopt;
    in_addr address;
    int bits = -1;
    const auto [end, error] = std::from_chars(cidr.data() + slash + 1, cidr.data() + cidr.size(), bits);
    if (::inet_pton(AF_INET, cidr.substr(0, slash).c_str(), &address) != 1 || error != std::errc() || end != cidr.data() + cidr.size() || bits < 0
        || bits > 32)
        return std::nullopt;
    return Network{ntohl(address.s_addr), bits};
}

constexpr int kPartsMaxBits = 16; // 65,536 nodes

} // namespace

Result<CidrSet> CidrSet::create(const std::string& clusterCidr, int nodeBits)
{
    const auto network = parse(clusterCidr);
    if (!network)
        return failure("the cluster CIDR \"" + clusterCidr + "\" is not an IPv4 network");
    if (nodeBits < network->bits || nodeBits > 30 || nodeBits - network->bits > kPartsMaxBits)
        return failure(fmt::format("the cluster CIDR {} cannot be cut into networks of /{}", clusterCidr, nodeBits));
    CidrSet set;
    set.m_base = network->bits == 0 ? 0 : network->address & (~std::uint32_t(0) << (32 - network->bits));
    set.m_nodeBits = nodeBits;
    set.m_used.resize(std::size_t(1) << (nodeBits - network->bits));
    return set;
}

std::string CidrSet::text(std::size_t index) const
{
    const std::uint32_t address = m_base + static_cast<std::uint32_t>(index << (32 - m_nodeBits));
    return fmt::format("{}.{}.{}.{}/{}", address >> 24, (address >> 16) & 255, (address >> 8) & 255, address & 255, m_nodeBits);
}

std::ptrdiff_t CidrSet::indexOf(const std::string& cidr) const
{
    const auto network = parse(cidr);
    if (!network || network->bits != m_nodeBits || network->address < m_base)
        return -1;
    const std::size_t index = (network->address - m_base) >> (32 - m_nodeBits);
    return index < m_used.size() && text(index) == cidr ? static_cast<std::ptrdiff_t>(index) : -1;
}

std::string CidrSet::allocate()
{
    while (m_firstFree < m_used.size() && m_used[m_firstFree])
        ++m_firstFree;
    if (m_firstFree == m_used.size())
        return {};
    m_used[m_firstFree] = true;
    return text(m_firstFree);
}

bool CidrSet::occupy(const std::string& cidr)
{
    const std::ptrdiff_t index = indexOf(cidr);
    if (index < 0 || m_used[index])
        return false;
    m_used[index] = true;
    return true;
}

void CidrSet::release(const std::string& cidr)
{
    const std::ptrdiff_t index = indexOf(cidr);
    if (index < 0)
        return;
    m_used[index] = false;
    m_firstFree = std::min(m_firstFree, static_cast<std::size_t>(index));
}

} // namespace kates::controllers
