// One nftables table as data: what it should hold, by owner, and scripts for nft(8) that bring the kernel there.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kates::network {

// An ordinary user's netlink socket takes about 200 kB at once, and rules are up to five times as large there as in text.
constexpr std::size_t kTransactionBytesMax = 32u << 10;

// What one owner (a Service) needs in the table.
struct NftObjects {
    std::map<std::string, std::string> sets;                            // name → "{ type ipv4_addr; }"; a different body needs a different name
    std::map<std::string, std::vector<std::string>> chains;             // name → rules
    std::map<std::string, std::map<std::string, std::string>> elements; // of the base's sets and maps: key → value ("" in a set)
    bool operator==(const NftObjects&) const = default;
};

class NftTable {
public:
    // `name` is "ip kube-proxy". The base is what no owner owns: "set x { … }", "map x { … }", "chain x { … }".
    NftTable(std::string name, std::string base) : m_name(std::move(name)), m_base(std::move(base)) {}

    // Owners may name the same element; the value is that of the first of them by name. Chains and sets are an owner's alone.
    void set(const std::string& owner, NftObjects objects);
    void setBase(std::string base); // the next scripts replace the whole table
    bool changed() const { return m_whole || !m_before.empty(); }

    // The way from what the last taken scripts have made to what is set now: transactions, to be applied in this order. One for whatever fits in
    // kTransactionBytesMax, and one more that removes what is unused then (not every kernel can drop a chain together with its last user).
    std::vector<std::string> take();
    // The next take() gives the whole table, whatever the kernel holds: at the start, and after a script failed.
    void forget() { m_whole = true; }

private:
    using ElementKey = std::pair<std::string, std::string>;   // set, key
    using ElementOwners = std::map<std::string, std::string>; // owner → value

    ElementOwners& touch(const std::string& set, const std::string& key);
    std::string declare(const NftObjects& before, const NftObjects& after) const;
    std::vector<std::string> fill(const NftObjects& before, const NftObjects& after) const; // a block per chain
    std::string removal(const NftObjects& before, const NftObjects& after) const;
    std::vector<std::string> changedElements() const;
    void startOver();

    std::string m_name, m_base;
    std::map<std::string, NftObjects> m_owned;
    std::map<ElementKey, ElementOwners> m_elements;
    // Since the last take(): the owners' objects and the elements' values as the kernel has them.
    std::map<std::string, NftObjects> m_before;
    std::map<ElementKey, std::optional<std::string>> m_elementsBefore;
    bool m_whole = true;
};

} // namespace kates::network
