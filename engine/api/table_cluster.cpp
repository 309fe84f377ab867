#include <algorithm>

#include <fmt/format.h>

#include "engine/api/duration.h"
#include "engine/api/meta.h"
#include "engine/api/table_cells.h"

namespace kates::api::table {

namespace {

Value age(const Row& row)
{
    return since(ObjectMeta(row.object).creationTimestamp(), row.now);
}

Value nodeStatus(const Row& row)
{
    const Value& ready = condition(row.object, "Ready");
    std::string status = ready.isNull() ? "Unknown" : ready.str("status") == "True" ? "Ready" : "NotReady";
    return row.object.get("spec", "unschedulable").asBool() ? status + ",SchedulingDisabled" : status;
}

Value nodeRoles(const Row& row)
{
    constexpr std::string_view kPrefix = "node-role.kubernetes.io/";
    std::vector<std::string> roles;
    for (const Member& label : ObjectMeta(row.object).labels().members()) {
        if (label.key.view().starts_with(kPrefix) && label.key.view().size() > kPrefix.size())
            roles.emplace_back(label.key.view().substr(kPrefix.size()));
        else if (label.key.view() == "kubernetes.io/role" && !label.value.asString().empty())
            roles.emplace_back(label.value.asString());
    }
    std::ranges::sort(roles);
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    return orNone(joinAll(roles, ","));
}

std::string nodeAddress(const Row& row, std::string_view type)
{
    for (const Value& address : row.object.get("status", "addresses")) {
        if (address.str("type") == type)
            return std::string(address.str("address"));
    }
    return "<none>";
}

Value nodeInternalIP(const Row& row)
{
    return nodeAddress(row, "InternalIP");
}

Value nodeExternalIP(const Row& row)
{
    return nodeAddress(row, "ExternalIP");
}

const Value& healthyCondition(const Row& row)
{
    static const Value none;
    for (const Value& item : row.object.get("conditions")) {
        if (item.str("type") == "Healthy")
            return item;
    }
    return none;
}

Value componentStatus(const Row& row)
{
    const std::string_view status = healthyCondition(row).str("status");
    return status == "True" ? "Healthy" : status == "False" ? "Unhealthy" : "Unknown";
}

Value componentMessage(const Row& row)
{
    return healthyCondition(row).str("message");
}

Value componentError(const Row& row)
{
    return healthyCondition(row).str("error");
}

Value roleRef(const Row& row)
{
    return fmt::format("{}/{}", row.object.str("roleRef", "kind"), row.object.str("roleRef", "name"));
}

std::string subjects(const Row& row, std::string_view kind)
{
    std::vector<std::string> names;
    for (const Value& subject : row.object.get("subjects")) {
        if (subject.str("kind") == kind)
            names.push_back(fmt::format("{}{}{}", subject.str("namespace"), kind == "ServiceAccount" ? "/" : "", subject.str("name")));
    }
    return joinAll(names, ", ");
}

Value bindingUsers(const Row& row)
{
    return subjects(row, "User");
}

Value bindingGroups(const Row& row)
{
    return subjects(row, "Group");
}

Value bindingServiceAccounts(const Row& row)
{
    return subjects(row, "ServiceAccount");
}

Value requestDuration(const Row& row)
{
    const Value& seconds = row.object.get("spec", "expirationSeconds");
    return seconds.isNull() ? "<none>" : humanDuration(std::chrono::seconds(seconds.asInt()));
}

Value requestCondition(const Row& row)
{
    std::string text;
    for (const std::string_view type : {"Approved", "Denied", "Failed"}) {
        if (!condition(row.object, type).isNull())
            text += fmt::format("{}{}", text.empty() ? "" : ",", type);
    }
    if (text.empty())
        text = "Pending";
    return row.object.str("status", "certificate").empty() ? text : text + ",Issued";
}

Value apiServiceTarget(const Row& row)
{
    const Value& service = row.object.get("spec", "service");
    return service.isNull() ? "Local" : fmt::format("{}/{}", service.str("namespace"), service.str("name"));
}

Value apiServiceAvailable(const Row& row)
{
    const Value& available = condition(row.object, "Available");
    if (available.isNull())
        return "Unknown";
    const std::string_view status = available.str("status");
    return status == "True" ? std::string(status) : fmt::format("{} ({})", status, available.str("reason"));
}

Value policyParamKind(const Row& row)
{
    const Value& kind = row.object.get("spec", "paramKind");
    return kind.isNull() ? "<unset>" : fmt::format("{}/{}", kind.str("apiVersion"), kind.str("kind"));
}

Value policyParamRef(const Row& row)
{
    const Value& reference = row.object.get("spec", "paramRef");
    if (reference.isNull())
        return "<unset>";
    const std::string_view ns = reference.str("namespace");
    const std::string name = reference.str("name").empty() ? joinSelector(reference.get("selector")) : std::string(reference.str("name"));
    return ns.empty() ? name : fmt::format("{}/{}", ns, name);
}

Value flowMissingLevel(const Row& row)
{
    const Value& dangling = condition(row.object, "Dangling");
    return dangling.isNull() ? std::string_view("?") : dangling.str("status");
}

Value levelShares(const Row& row)
{
    const Value& spec = row.object.get("spec");
    const Value& limited = spec.get("limited", "nominalConcurrencyShares");
    const Value& shares = limited.isNull() ? spec.get("exempt", "nominalConcurrencyShares") : limited;
    return shares.isNull() ? Value("<none>") : shares;
}

Value remoteReachable(const Row& row)
{
    const Value& reachable = condition(row.object, "Reachable");
    return reachable.isNull() ? "NotConnected" : std::string(reachable.str("reason"));
}

Value clusterMasters(const Row& row)
{
    return fmt::format("{}/{}", row.object.get("status", "mastersReady").asInt(), row.object.get("spec", "masters").asInt());
}

Value clusterNodes(const Row& row)
{
    return fmt::format("{}/{}", row.object.get("status", "nodesReady").asInt(), row.object.get("spec", "nodes").asInt());
}

constexpr Cell kCells[] {
    {"age", age},
    {"nodeStatus", nodeStatus},
    {"nodeRoles", nodeRoles},
    {"nodeInternalIP", nodeInternalIP},
    {"nodeExternalIP", nodeExternalIP},
    {"componentStatus", componentStatus},
    {"componentMessage", componentMessage},
    {"componentError", componentError},
    {"roleRef", roleRef},
    {"bindingUsers", bindingUsers},
    {"bindingGroups", bindingGroups},
    {"bindingServiceAccounts", bindingServiceAccounts},
    {"requestDuration", requestDuration},
    {"requestCondition", requestCondition},
    {"apiServiceTarget", apiServiceTarget},
    {"apiServiceAvailable", apiServiceAvailable},
    {"policyParamKind", policyParamKind},
    {"policyParamRef", policyParamRef},
    {"flowMissingLevel", flowMissingLevel},
    {"levelShares", levelShares},
    {"clusterMasters", clusterMasters},
    {"remoteReachable", remoteReachable},
    {"clusterNodes", clusterNodes},
};

} // namespace

std::span<const Cell> clusterCells()
{
    return kCells;
}

} // namespace kates::api::table
