// Cells that a JSON path cannot give: what the "@name" sources of printer columns mean. The logic is that of upstream's printers, so that
// kubectl shows what its users are used to.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/api/value.h"
#include "engine/base/loop.h"

namespace kates::api::table {

struct Row {
    const Value& object;
    WallTime now;
};

struct Cell {
    std::string_view name;
    Value (*compute)(const Row& row);
};

// nullptr: no such cell.
[[nodiscard]] const Cell* findCell(std::string_view name);

// One list per area, in table_<area>.cpp.
[[nodiscard]] std::span<const Cell> podCells();
[[nodiscard]] std::span<const Cell> workloadCells();
[[nodiscard]] std::span<const Cell> networkCells();
[[nodiscard]] std::span<const Cell> storageCells();
[[nodiscard]] std::span<const Cell> clusterCells();
[[nodiscard]] std::span<const Cell> eventCells();

// Shared by the areas.
[[nodiscard]] std::string since(std::string_view timestamp, WallTime now); // "5m"; "<unknown>" when absent or malformed
[[nodiscard]] std::string orNone(std::string text);                        // "<none>" when empty
[[nodiscard]] std::string joinLabels(const Value& labels);                 // "a=b,c=d" sorted; "<none>" when empty
[[nodiscard]] std::string joinSelector(const Value& labelSelector);        // a metav1.LabelSelector
// The items joined by commas, the first `shown` of them: "a,b,c + 2 more...".
[[nodiscard]] std::string joinFew(std::span<const std::string> items, std::size_t shown);
[[nodiscard]] std::string joinAll(std::span<const std::string> items, std::string_view separator);
[[nodiscard]] std::string accessModes(const Value& modes); // "RWO,ROX"

} // namespace kates::api::table
