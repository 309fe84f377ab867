#include "engine/controllers/nodelifecycle/node_health.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/controllers/common/conditions.h"
#include "engine/controllers/common/taints.h"

namespace kates::controllers {

namespace {

constexpr std::string_view kKubeletConditions[] = {"Ready", "MemoryPressure", "DiskPressure", "PIDPressure"};
constexpr double kEvictionRate = 0.1;          // nodes per second
constexpr double kSecondaryEvictionRate = 0.01; // in a large zone that is partly disrupted
constexpr double kUnhealthyZoneThreshold = 0.55;
constexpr std::size_t kLargeZoneNodes = 50;

struct ConditionTaint {
    std::string_view condition, status, key;
    bool executes;
};
constexpr ConditionTaint kConditionTaints[] = {
    {"Ready", "False", taints::kNotReady, true},
    {"Ready", "Unknown", taints::kUnreachable, true},
    {"MemoryPressure", "True", taints::kMemoryPressure, false},
    {"DiskPressure", "True", taints::kDiskPressure, false},
    {"PIDPressure", "True", taints::kPidPressure, false},
    {"NetworkUnavailable", "True", taints::kNetworkUnavailable, false},
};

// A condition that the kubelet has not written yet decides nothing: its taint stays as it is.
bool decided(const api::Value& node, const api::Value& taint)
{
    const std::string_view key = taint.str("key"), effect = taint.str("effect");
    if (key == taints::kUnschedulable)
        return effect == "NoSchedule";
    for (const auto& rule : kConditionTaints) {
        if (rule.key == key)
            return (effect == "NoSchedule" || (rule.executes && effect == "NoExecute")) && !api::condition(node, rule.condition).isNull();
    }
    return false;
}

} // namespace

api::Value silentNode(api::Value node, const std::string& now)
{
    for (const std::string_view type : kKubeletConditions) {
        api::Value condition = api::condition(node, type);
        if (condition.str("status") == "Unknown")
            continue;
        if (condition.isNull()) {
            condition = api::Value::object({{"type", type}, {"lastHeartbeatTime", api::ObjectMeta(node).creationTimestamp()},
                {"reason", "NodeStatusNeverUpdated"}, {"message", "Kubelet never posted node status."}});
        } else {
            condition.set("reason", "NodeStatusUnknown");
            condition.set("message", "Kubelet stopped posting node status.");
        }
        condition.set("status", "Unknown");
        condition.set("lastTransitionTime", now);
        putCondition(node, std::move(condition));
    }
    return node;
}

api::Value wantedTaints(const api::Value& node, bool mayEvict, const std::string& now)
{
    api::Value wanted = api::Value::array();
    const api::Value& current = node.get("spec", "taints");
    for (const auto& taint : current) {
        if (!decided(node, taint))
            wanted.push(taint);
    }
    auto want = [&](std::string_view key, std::string_view effect) {
        for (const auto& taint : current) {
            if (taint.str("key") == key && taint.str("effect") == effect) {
                wanted.push(taint); // since when it stands is kept
                return;
            }
        }
        wanted.push(api::Value::object({{"key", key}, {"effect", effect}, {"timeAdded", now}}));
    };
    for (const auto& rule : kConditionTaints) {
        if (api::condition(node, rule.condition).str("status") != rule.status)
            continue;
        want(rule.key, "NoSchedule");
        if (rule.executes && mayEvict)
            want(rule.key, "NoExecute");
    }
    if (node.get("spec", "unschedulable").asBool())
        want(taints::kUnschedulable, "NoSchedule");
    return wanted;
}

bool nodeReady(const api::Value& node)
{
    return api::conditionIsTrue(node, "Ready");
}

bool wantsEviction(const api::Value& node)
{
    const std::string_view status = api::condition(node, "Ready").str("status");
    return status == "False" || status == "Unknown";
}

ZoneState zoneState(std::size_t nodes, std::size_t notReady)
{
    if (nodes > 0 && notReady == nodes)
        return ZoneState::FullDisruption;
    if (notReady > 2 && static_cast<double>(notReady) / static_cast<double>(nodes) >= kUnhealthyZoneThreshold)
        return ZoneState::PartialDisruption;
    return ZoneState::Normal;
}

double evictionsPerSecond(ZoneState state, std::size_t nodes)
{
    if (state != ZoneState::PartialDisruption)
        return kEvictionRate;
    return nodes > kLargeZoneNodes ? kSecondaryEvictionRate : 0;
}

} // namespace kates::controllers
