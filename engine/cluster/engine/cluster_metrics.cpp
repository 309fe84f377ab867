#include "engine/cluster/engine/cluster_metrics.h"

#include "engine/base/time.h"

namespace kates::cluster {

namespace {

constexpr std::uint64_t kMebibyte = 1u << 20;

api::Value toValue(const Usage& usage)
{
    return api::Value::object({{"cpu", std::to_string(usage.cpuMilli) + "m"}, {"memory", std::to_string((usage.memoryBytes + kMebibyte - 1) / kMebibyte) + "Mi"}});
}

} // namespace

Task<api::Value> ClusterMetrics::of(std::string cluster, std::vector<Watched> machines)
{
    const UsageMeter::Looks looks = co_await m_meter.look();
    api::Value list = api::Value::array();
    for (const Watched& machine : machines) {
        const ProcessGroups groups = groupsOf(looks.after, machine.pid, machine.directory);
        api::Value entry = api::Value::object({{"name", machine.name}, {"usage", toValue(kates::usageOf(looks.before, looks.after, groups.own, looks.between))}});
        if (machine.runsPods)
            entry.set("pods", toValue(kates::usageOf(looks.before, looks.after, groups.pods, looks.between)));
        list.push(std::move(entry));
    }
    co_return api::Value::object({{"kind", "ClusterMetrics"}, {"apiVersion", "engine.kates.dev/v1alpha1"}, {"metadata", api::Value::object({{"name", cluster}})},
        {"timestamp", formatTime(m_loop.wallTime())}, {"windowSeconds", std::chrono::duration<double>(looks.between).count()}, {"machines", list}});
}

} // namespace kates::cluster
