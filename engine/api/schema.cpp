#include "engine/api/schema.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace kates::api {

namespace {

template <typename Word>
std::uint64_t load(const char* at)
{
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

// Field names are short: their ends and their length tell them apart, in a few instructions.
std::size_t hashName(std::string_view name)
{
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (name.size() >= 8) {
        first = load<std::uint64_t>(name.data());
        last = load<std::uint64_t>(name.data() + name.size() - 8);
    } else if (name.size() >= 4) {
        first = load<std::uint32_t>(name.data());
        last = load<std::uint32_t>(name.data() + name.size() - 4);
    } else if (!name.empty()) {
        first = load<std::uint8_t>(name.data());
        last = load<std::uint8_t>(name.data() + name.size() - 1);
    }
    const std::uint64_t mixed = (first * 0x9E3779B97F4A7C15u) ^ (last * 0xC2B2AE3D27D4EB4Fu) ^ name.size();
    return static_cast<std::size_t>(mixed >> 40);
}

std::string resourceId(std::string_view group, std::string_view version, std::string_view plural)
{
    std::string id;
    id.reserve(group.size() + version.size() + plural.size() + 2);
    return id.append(group).append("/").append(version).append("/").append(plural);
}

std::string kindId(std::string_view apiVersion, std::string_view kind)
{
    std::string id;
    id.reserve(apiVersion.size() + kind.size() + 1);
    return id.append(apiVersion).append(".").append(kind);
}

// kube-aggregator's order of preference: GA before beta before alpha, then the higher number, then the name.
struct VersionRank {
    int stability = 0; // 3 GA, 2 beta, 1 alpha, 0 not of this form
    int major = 0;
    int minor = 0;
    auto operator<=>(const VersionRank&) const = default;
};

int takeNumber(std::string_view& text)
{
    constexpr int kDigitsMax = 6;
    int number = 0;
    for (int digits = 0; digits < kDigitsMax && !text.empty() && text[0] >= '0' && text[0] <= '9'; ++digits) {
        number = number * 10 + (text[0] - '0');
        text.remove_prefix(1);
    }
    return number;
}

VersionRank rankOf(std::string_view version)
{
    VersionRank rank;
    if (!version.starts_with('v'))
        return rank;
    version.remove_prefix(1);
    rank.major = takeNumber(version);
    if (version.empty())
        rank.stability = 3;
    else if (version.starts_with("beta"))
        rank.stability = 2;
    else if (version.starts_with("alpha"))
        rank.stability = 1;
    else
        return {};
    if (rank.stability < 3) {
        version.remove_prefix(rank.stability == 2 ? 4 : 5);
        rank.minor = takeNumber(version);
    }
    return rank;
}

bool preferred(const std::string& left, const std::string& right)
{
    const VersionRank a = rankOf(left);
    const VersionRank b = rankOf(right);
    return a != b ? a > b : left < right;
}

} // namespace

void TypeDescription::buildIndex()
{
    m_slots.assign(std::bit_ceil(fields.size() * 2 + 1), 0);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        std::size_t slot = hashName(fields[i].name) & mask;
        while (m_slots[slot] != 0)
            slot = (slot + 1) & mask;
        m_slots[slot] = static_cast<std::uint16_t>(i + 1);
    }
    m_required.clear();
    m_toFill.clear();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].required)
            m_required.push_back(static_cast<std::uint16_t>(i));
        const bool plainStruct = fields[i].kind == Field::Kind::Struct && fields[i].shape == Field::Shape::Single && !fields[i].pointer;
        if (plainStruct || fields[i].alwaysPresent || !fields[i].defaultValue.isNull())
            m_toFill.push_back(static_cast<std::uint16_t>(i));
    }
}

const Field* TypeDescription::field(std::string_view name) const
{
    if (m_slots.empty())
        return nullptr;
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hashName(name) & mask; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        const Field& candidate = fields[m_slots[slot] - 1u];
        if (candidate.name == name)
            return &candidate;
    }
    return nullptr;
}

const Subresource* KindDescription::subresource(std::string_view name) const
{
    const auto found = std::ranges::find(subresources, name, &Subresource::name);
    return found == subresources.end() ? nullptr : &*found;
}

bool KindDescription::allows(std::string_view verb) const
{
    return std::ranges::find(verbs, verb) != verbs.end();
}

Scheme::KindPointer Scheme::findResource(std::string_view group, std::string_view version, std::string_view plural) const
{
    const auto found = m_byResource.find(resourceId(group, version, plural));
    return found == m_byResource.end() ? nullptr : found->second;
}

Scheme::KindPointer Scheme::findKind(std::string_view apiVersion, std::string_view kind) const
{
    const auto found = m_byKind.find(kindId(apiVersion, kind));
    return found == m_byKind.end() ? nullptr : found->second;
}

const TypeDescription* Scheme::type(std::string_view groupVersion, std::string_view name) const
{
    const auto found = m_types.find(kindId(groupVersion, name));
    return found == m_types.end() ? nullptr : found->second.get();
}

std::vector<std::pair<std::string, std::vector<std::string>>> Scheme::groups() const
{
    std::vector<std::pair<std::string, std::vector<std::string>>> result;
    for (const KindPointer& kind : m_kinds) {
        auto group = std::ranges::find(result, kind->group, &std::pair<std::string, std::vector<std::string>>::first);
        if (group == result.end())
            group = result.insert(result.end(), {kind->group, {}});
        if (std::ranges::find(group->second, kind->version) == group->second.end())
            group->second.push_back(kind->version);
    }
    for (auto& [group, versions] : result)
        std::ranges::sort(versions, preferred);
    return result;
}

void Scheme::addKind(KindPointer kind)
{
    const std::string id = resourceId(kind->group, kind->version, kind->plural);
    if (const auto old = m_byResource.find(id); old != m_byResource.end()) {
        m_byKind.erase(kindId(old->second->apiVersion(), old->second->kind));
        *std::ranges::find(m_kinds, old->second) = kind;
    } else {
        m_kinds.push_back(kind);
    }
    m_byResource[id] = kind;
    m_byKind[kindId(kind->apiVersion(), kind->kind)] = kind;
    ++m_generation;
}

void Scheme::removeKind(std::string_view group, std::string_view plural)
{
    const auto removed = std::erase_if(m_kinds, [&](const KindPointer& kind) {
        if (kind->group != group || kind->plural != plural)
            return false;
        m_byResource.erase(resourceId(group, kind->version, plural));
        m_byKind.erase(kindId(kind->apiVersion(), kind->kind));
        return true;
    });
    if (removed > 0)
        ++m_generation;
}

const TypeDescription* Scheme::addType(TypePointer type)
{
    const TypeDescription* result = type.get();
    m_types[kindId(type->groupVersion, type->name)] = std::move(type);
    ++m_generation;
    return result;
}

} // namespace kates::api
