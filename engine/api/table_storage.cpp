#include <algorithm>

#include <fmt/format.h>

#include "engine/api/meta.h"
#include "engine/api/table_cells.h"

namespace kates::api::table {

namespace {

// Of a volume or a claim.
Value volumeStatus(const Row& row)
{
    return ObjectMeta(row.object).beingDeleted() ? std::string_view("Terminating") : row.object.str("status", "phase");
}

Value volumeAccessModes(const Row& row)
{
    return accessModes(row.object.get("spec", "accessModes"));
}

Value volumeClaim(const Row& row)
{
    const Value& claim = row.object.get("spec", "claimRef");
    return claim.isNull() ? std::string() : fmt::format("{}/{}", claim.str("namespace"), claim.str("name"));
}

// The annotation is how classes were named before spec.storageClassName.
Value volumeStorageClass(const Row& row)
{
    const std::string_view annotated = ObjectMeta(row.object).annotation("volume.beta.kubernetes.io/storage-class");
    return annotated.empty() ? row.object.str("spec", "storageClassName") : annotated;
}

Value claimCapacity(const Row& row)
{
    return row.object.str("spec", "volumeName").empty() ? std::string_view() : row.object.str("status", "capacity", "storage");
}

Value claimAccessModes(const Row& row)
{
    return row.object.str("spec", "volumeName").empty() ? std::string() : accessModes(row.object.get("status", "accessModes"));
}

Value storageClassName(const Row& row)
{
    const ObjectMeta meta(row.object);
    const bool isDefault = meta.annotation("storageclass.kubernetes.io/is-default-class") == "true"
        || meta.annotation("storageclass.beta.kubernetes.io/is-default-class") == "true";
    return fmt::format("{}{}", meta.name(), isDefault ? " (default)" : "");
}

Value claimState(const Row& row)
{
    std::vector<std::string> states;
    if (ObjectMeta(row.object).beingDeleted())
        states.emplace_back("deleted");
    const Value& status = row.object.get("status");
    if (status.get("allocation").isNull())
        states.emplace_back("pending");
    else
        states.emplace_back("allocated");
    if (status.get("reservedFor").size() > 0)
        states.emplace_back("reserved");
    return joinAll(states, ",");
}

Value configMapDataCount(const Row& row)
{
    return static_cast<std::int64_t>(row.object.get("data").size() + row.object.get("binaryData").size());
}

std::string quota(const Row& row, bool limits)
{
    std::vector<std::string> items;
    const Value& status = row.object.get("status");
    for (const Member& hard : status.get("hard").members()) {
        if (hard.key.view().starts_with("limits.") == limits)
            items.push_back(fmt::format("{}: {}/{}", hard.key.view(), status.str("used", hard.key.view()), hard.value.asString()));
    }
    std::ranges::sort(items);
    return joinAll(items, ", ");
}

Value quotaRequests(const Row& row)
{
    return quota(row, false);
}

Value quotaLimits(const Row& row)
{
    return quota(row, true);
}

constexpr Cell kCells[] {
    {"volumeStatus", volumeStatus},
    {"volumeAccessModes", volumeAccessModes},
    {"volumeClaim", volumeClaim},
    {"volumeStorageClass", volumeStorageClass},
    {"claimCapacity", claimCapacity},
    {"claimAccessModes", claimAccessModes},
    {"storageClassName", storageClassName},
    {"claimState", claimState},
    {"configMapDataCount", configMapDataCount},
    {"quotaRequests", quotaRequests},
    {"quotaLimits", quotaLimits},
};

} // namespace

std::span<const Cell> storageCells()
{
    return kCells;
}

} // namespace kates::api::table
