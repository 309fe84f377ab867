#include "engine/network/proxy/nft_table.h"

#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace kates::network {

namespace {

template <typename... Arguments>
void writeLine(std::string& out, fmt::format_string<Arguments...> format, Arguments&&... arguments)
{
    fmt::format_to(std::back_inserter(out), format, std::forward<Arguments>(arguments)...);
    out += '\n';
}

constexpr std::size_t kElementsPerBlock = 200;

// Cuts a sequence of blocks into scripts of bounded size. A block is never cut.
class ScriptWriter {
public:
    void add(const std::string& block)
    {
        if (block.empty())
            return;
        if (m_scripts.empty() || m_scripts.back().size() + block.size() > kTransactionBytesMax)
            m_scripts.emplace_back();
        m_scripts.back() += block;
    }
    void startScript() { m_scripts.emplace_back(); }
    std::vector<std::string> take()
    {
        std::erase_if(m_scripts, [](const std::string& script) { return script.empty(); });
        return std::move(m_scripts);
    }

private:
    std::vector<std::string> m_scripts;
};

void appendItem(std::string& list, const std::string& key, const std::string& value)
{
    list += list.empty() ? "" : ", ";
    list += key;
    if (!value.empty())
        list += " : " + value;
}

} // namespace

// The element's owners, about to change; what the kernel has of it is remembered.
NftTable::ElementOwners& NftTable::touch(const std::string& set, const std::string& key)
{
    auto& owners = m_elements[{set, key}];
    m_elementsBefore.try_emplace({set, key}, owners.empty() ? std::nullopt : std::optional(owners.begin()->second));
    return owners;
}

void NftTable::set(const std::string& owner, NftObjects objects)
{
    auto& owned = m_owned[owner];
    if (owned == objects)
        return;
    for (const auto& [set, items] : owned.elements)
        for (const auto& [key, value] : items)
            touch(set, key).erase(owner);
    for (const auto& [set, items] : objects.elements)
        for (const auto& [key, value] : items)
            touch(set, key)[owner] = value;
    std::swap(owned, objects);
    m_before.try_emplace(owner, std::move(objects));
}

void NftTable::setBase(std::string base)
{
    if (base == m_base)
        return;
    m_base = std::move(base);
    forget();
}

std::string NftTable::declare(const NftObjects& before, const NftObjects& after) const
{
    std::string out;
    for (const auto& [name, body] : after.sets)
        if (!before.sets.count(name))
            writeLine(out, "add set {} {} {}", m_name, name, body);
    for (const auto& [name, rules] : after.chains)
        if (!before.chains.count(name))
            writeLine(out, "add chain {} {}", m_name, name);
    return out;
}

std::vector<std::string> NftTable::fill(const NftObjects& before, const NftObjects& after) const
{
    std::vector<std::string> blocks;
    for (const auto& [name, rules] : after.chains) {
        auto old = before.chains.find(name);
        if (old != before.chains.end() && old->second == rules)
            continue;
        auto& block = blocks.emplace_back();
        if (old != before.chains.end())
            writeLine(block, "flush chain {} {}", m_name, name);
        for (const auto& rule : rules)
            writeLine(block, "add rule {} {} {}", m_name, name, rule);
    }
    return blocks;
}

// In blocks; the old and the new value of a key stand in the same one.
std::vector<std::string> NftTable::changedElements() const
{
    std::vector<std::string> blocks;
    for (auto at = m_elementsBefore.begin(); at != m_elementsBefore.end();) {
        std::map<std::string, std::string> removed, added;
        for (std::size_t count = 0; count < kElementsPerBlock && at != m_elementsBefore.end(); ++count, ++at) {
            const auto& [set, item] = at->first;
            const auto& before = at->second;
            auto found = m_elements.find(at->first);
            const auto wanted = found == m_elements.end() || found->second.empty() ? std::nullopt : std::optional(found->second.begin()->second);
            if (before == wanted)
                continue;
            if (before)
                appendItem(removed[set], item, "");
            if (wanted)
                appendItem(added[set], item, *wanted);
        }
        auto& block = blocks.emplace_back();
        for (const auto& [set, list] : removed)
            writeLine(block, "delete element {} {} {{ {} }}", m_name, set, list);
        for (const auto& [set, list] : added)
            writeLine(block, "add element {} {} {{ {} }}", m_name, set, list);
    }
    return blocks;
}

std::string NftTable::removal(const NftObjects& before, const NftObjects& after) const
{
    std::string out;
    for (const auto& [name, rules] : before.chains)
        if (!after.chains.count(name))
            writeLine(out, "flush chain {} {}", m_name, name);
    for (const auto& [name, rules] : before.chains)
        if (!after.chains.count(name))
            writeLine(out, "delete chain {} {}", m_name, name);
    for (const auto& [name, body] : before.sets)
        if (!after.sets.count(name))
            writeLine(out, "delete set {} {}", m_name, name);
    return out;
}

// From now on everything counts as missing in the kernel.
void NftTable::startOver()
{
    m_before.clear();
    m_elementsBefore.clear();
    for (const auto& [owner, objects] : m_owned)
        m_before[owner];
    for (const auto& [key, element] : m_elements)
        m_elementsBefore[key];
}

std::vector<std::string> NftTable::take()
{
    ScriptWriter writer;
    if (std::exchange(m_whole, false)) {
        startOver();
        // "add" first, so that "delete" does not fail where there is no such table.
        writer.add(fmt::format("add table {0}\ndelete table {0}\nadd table {0}\ntable {0} {{\n{1}}}\n", m_name, m_base));
    }
    for (const auto& [owner, before] : m_before)
        writer.add(declare(before, m_owned[owner]));
    for (const auto& [owner, before] : m_before)
        for (const auto& block : fill(before, m_owned[owner]))
            writer.add(block);
    for (const auto& block : changedElements())
        writer.add(block);
    writer.startScript();
    for (const auto& [owner, before] : m_before)
        writer.add(removal(before, m_owned[owner]));
    m_before.clear();
    m_elementsBefore.clear();
    std::erase_if(m_elements, [](const auto& element) { return element.second.empty(); });
    std::erase_if(m_owned, [](const auto& owned) { return owned.second == NftObjects(); });
    return writer.take();
}

} // namespace kates::network
