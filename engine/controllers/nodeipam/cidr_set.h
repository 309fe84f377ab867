// A network cut into equal parts, one for each node.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace kates::controllers {

class CidrSet {
public:
    // "10.244.0.0/16" cut into networks of `nodeBits` (24: 256 of them). IPv4.
    static Result<CidrSet> create(const std::string& clusterCidr, int nodeBits);

    std::string allocate();             // the lowest that is free; "" when none is
    bool occupy(const std::string& cidr); // false: not one of ours, or taken
    void release(const std::string& cidr);
    std::size_t size() const { return m_used.size(); }

private:
    std::string text(std::size_t index) const;
    std::ptrdiff_t indexOf(const std::string& cidr) const; // -1: not one of ours
    std::uint32_t m_base = 0;
    int m_nodeBits = 24;
    std::vector<bool> m_used;
    std::size_t m_firstFree = 0; // nothing below is free
};

} // namespace kates::controllers
