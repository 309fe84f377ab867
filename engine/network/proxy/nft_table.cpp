#include "engine/network/proxy/nft_table.h"

#include <fmt/format.h>
#include <iterator>

namespace kates::network {

namespace {

template <typename... Arguments>
void writeLine(std::string& out, fmt::format_string<Arguments...> format, Arguments&&... arguments)
{
    fmt::format_to(std::back_inserter(out), format, std::forward<Arguments>(arguments)...);
    out += '\n';
}

void appendItem(std::string& list, const std::string& key, const std::string& value)
{
    list += list.empty() ? "" : ", ";
    list += key;
    if (!value.empty())
        list += " : " + value;
}

} // namespace

void NftTable::countElements(const NftObjects& objects, int users)
{
    for (const auto& [set, items] : objects.elements) {
        for (const auto& [key, value] : items) {
            auto& element = m_elements[{set, key}];
            m_elementsBefore.try_emplace({set, key}, element.users > 0 ? std::optional(element.value) : std::nullopt);
            element.users += users;
            if (users > 0)
                element.value = value;
        }
    }
}

void NftTable::set(const std::string& owner, NftObjects objects)
{
    auto& owned = m_owned[owner];
    if (owned == objects)
        return;
    countElements(objects, 1);
    countElements(owned, -1);
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

std::string NftTable::fill(const NftObjects& before, const NftObjects& after) const
{
    std::string out;
    for (const auto& [name, rules] : after.chains) {
        auto old = before.chains.find(name);
        if (old != before.chains.end() && old->second == rules)
            continue;
        if (old != before.chains.end())
            writeLine(out, "flush chain {} {}", m_name, name);
        for (const auto& rule : rules)
            writeLine(out, "add rule {} {} {}", m_name, name, rule);
    }
    return out;
}

std::string NftTable::changeElements() const
{
    std::map<std::string, std::string> removed, added;
    for (const auto& [key, before] : m_elementsBefore) {
        const auto& [set, item] = key;
        auto found = m_elements.find(key);
        const bool wanted = found != m_elements.end() && found->second.users > 0;
        if (before && (!wanted || *before != found->second.value))
            appendItem(removed[set], item, "");
        if (wanted && before != found->second.value)
            appendItem(added[set], item, found->second.value);
    }
    std::string out;
    for (const auto& [set, list] : removed)
        writeLine(out, "delete element {} {} {{ {} }}", m_name, set, list);
    for (const auto& [set, list] : added)
        writeLine(out, "add element {} {} {{ {} }}", m_name, set, list);
    return out;
}

NftTable::Scripts NftTable::take()
{
    Scripts scripts;
    if (m_whole) {
        scripts = takeWhole();
    } else {
        std::string filled, staleSets;
        for (const auto& [owner, before] : m_before) {
            const auto& after = m_owned[owner];
            scripts.update += declare(before, after);
            filled += fill(before, after);
            for (const auto& [name, rules] : before.chains)
                if (!after.chains.count(name))
                    writeLine(filled, "flush chain {} {}", m_name, name);
        }
        scripts.update += filled + changeElements();
        for (const auto& [owner, before] : m_before) {
            const auto& after = m_owned[owner];
            for (const auto& [name, rules] : before.chains)
                if (!after.chains.count(name))
                    writeLine(scripts.removal, "delete chain {} {}", m_name, name);
            for (const auto& [name, body] : before.sets)
                if (!after.sets.count(name))
                    writeLine(staleSets, "delete set {} {}", m_name, name);
        }
        scripts.removal += staleSets;
    }
    m_whole = false;
    m_before.clear();
    m_elementsBefore.clear();
    std::erase_if(m_elements, [](const auto& element) { return element.second.users <= 0; });
    std::erase_if(m_owned, [](const auto& owned) { return owned.second == NftObjects(); });
    return scripts;
}

NftTable::Scripts NftTable::takeWhole()
{
    // "add" first, so that "delete" does not fail where there is no such table. All in one transaction: no packet sees it missing.
    Scripts scripts;
    writeLine(scripts.update, "add table {0}\ndelete table {0}\nadd table {0}\ntable {0} {{\n{1}}}", m_name, m_base);
    for (const auto& [owner, objects] : m_owned)
        scripts.update += declare({}, objects);
    for (const auto& [owner, objects] : m_owned)
        scripts.update += fill({}, objects);
    m_elementsBefore.clear();
    for (const auto& [key, element] : m_elements)
        m_elementsBefore[key] = std::nullopt;
    scripts.update += changeElements();
    return scripts;
}

} // namespace kates::network
