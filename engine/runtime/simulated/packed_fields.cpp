#include "engine/runtime/simulated/packed_fields.h"

#include <algorithm>
#include <utility>

namespace kates::runtime {

namespace {

constexpr char kReferenceFirst = 1; // values 1…31 at the start of a label's value: the index of a known text + 1

std::string_view nextItem(std::string_view& rest)
{
    const auto end = rest.find('\0');
    if (end == std::string_view::npos)
        return std::exchange(rest, {});
    auto item = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return item;
}

} // namespace

PackedFields::PackedFields(
    const std::vector<std::string_view>& texts, const std::map<std::string, std::string>& labels, const std::vector<std::string_view>& known)
{
    std::string bytes;
    auto add = [&](std::string_view item) {
        bytes += item;
        bytes += '\0';
    };
    for (auto text : texts)
        add(text);
    for (const auto& [key, value] : labels) {
        add(key);
        const auto found = std::find(known.begin(), known.end(), value);
        if (found == known.end() || value.empty())
            add(value);
        else
            add(std::string(1, static_cast<char>(kReferenceFirst + (found - known.begin()))));
    }
    m_bytes = std::string(bytes); // exactly as large as needed
}

std::string_view PackedFields::text(std::size_t index) const
{
    std::string_view rest = m_bytes;
    for (std::size_t skipped = 0; skipped < index; ++skipped)
        nextItem(rest);
    return nextItem(rest);
}

std::map<std::string, std::string> PackedFields::labels(std::size_t textCount, const std::vector<std::string_view>& known) const
{
    std::string_view rest = m_bytes;
    for (std::size_t skipped = 0; skipped < textCount; ++skipped)
        nextItem(rest);
    std::map<std::string, std::string> labels;
    while (!rest.empty()) {
        const auto key = nextItem(rest);
        const auto value = nextItem(rest);
        const std::size_t reference = value.size() == 1 ? static_cast<unsigned char>(value[0]) : 0;
        const bool refers = reference >= kReferenceFirst && reference - kReferenceFirst < known.size();
        labels.emplace(key, refers ? known[reference - kReferenceFirst] : value);
    }
    return labels;
}

} // namespace kates::runtime
