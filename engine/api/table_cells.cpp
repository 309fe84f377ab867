#include "engine/api/table_cells.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "engine/api/duration.h"
#include "engine/api/selector.h"
#include "engine/base/time.h"

namespace kates::api::table {

const Cell* findCell(std::string_view name)
{
    static const auto cells = [] {
        std::unordered_map<std::string_view, const Cell*> byName;
        for (const auto area : {podCells(), workloadCells(), networkCells(), storageCells(), clusterCells(), eventCells()}) {
            for (const Cell& cell : area)
                byName.emplace(cell.name, &cell);
        }
        return byName;
    }();
    const auto found = cells.find(name);
    return found == cells.end() ? nullptr : found->second;
}

std::string since(std::string_view timestamp, WallTime now)
{
    const auto time = parseTime(timestamp);
    return time ? humanDuration(now - *time) : "<unknown>";
}

std::string orNone(std::string text)
{
    return text.empty() ? "<none>" : std::move(text);
}

std::string joinLabels(const Value& labels)
{
    std::vector<std::string> pairs;
    for (const Member& label : labels.members())
        pairs.push_back(fmt::format("{}={}", label.key.view(), label.value.asString()));
    std::ranges::sort(pairs);
    return orNone(joinAll(pairs, ","));
}

std::string joinSelector(const Value& labelSelector)
{
    if (labelSelector.isNull())
        return "<none>";
    const auto selector = LabelSelector::fromValue(labelSelector);
    return selector ? orNone(selector->toString()) : "<error>";
}

std::string joinAll(std::span<const std::string> items, std::string_view separator)
{
    return fmt::format("{}", fmt::join(items, separator));
}

std::string joinFew(std::span<const std::string> items, std::size_t shown)
{
    if (items.size() <= shown)
        return joinAll(items, ",");
    return fmt::format("{} + {} more...", joinAll(items.first(shown), ","), items.size() - shown);
}

std::string accessModes(const Value& modes)
{
    constexpr std::pair<std::string_view, std::string_view> kShort[] {
        {"ReadWriteOnce", "RWO"}, {"ReadOnlyMany", "ROX"}, {"ReadWriteMany", "RWX"}, {"ReadWriteOncePod", "RWOP"}};
    std::vector<std::string> names;
    for (const auto& [mode, name] : kShort) {
        if (std::any_of(modes.begin(), modes.end(), [&, wanted = mode](const Value& item) { return item.asString() == wanted; }))
            names.emplace_back(name);
    }
    return joinAll(names, ",");
}

} // namespace kates::api::table
