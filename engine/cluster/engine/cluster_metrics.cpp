#include "engine/cluster/engine/cluster_metrics.h"

#include "engine/base/blocking.h"
#include "engine/base/time.h"

namespace kates::cluster {

namespace {

constexpr std::uint64_t kMebibyte = 1u << 20;

api::Value toValue(const Usage& usage)
{
    return api::Value::object({{"cpu", std::to_string(usage.cpuMilli) + "m"}, {"memory", std::to_string((usage.memoryBytes + kMebibyte - 1) / kMebibyte) + "Mi"}});
}

} // namespace

Task<ClusterMetrics::Look> ClusterMetrics::look()
{
    auto table = co_await runBlocking(m_loop, [] { return sampleProcesses(); });
    co_return Look{m_loop.now(), std::move(table)};
}

Task<api::Value> ClusterMetrics::of(std::string cluster, std::vector<Watched> machines)
{
    std::optional<Look> before = m_last;
    const bool fits = before && m_loop.now() - before->time >= kMetricsWindowMin && m_loop.now() - before->time <= kMetricsWindowMax;
    if (!fits) {
        before = co_await look();
        (void)co_await sleepFor(m_loop, kMetricsWindowMin);
    }
    Look after = co_await look();
    const auto between = after.time - before->time;
    api::Value list = api::Value::array();
    for (const Watched& machine : machines) {
        const ProcessGroups groups = groupsOf(after.table, machine.pid, machine.directory);
        api::Value entry = api::Value::object({{"name", machine.name}, {"usage", toValue(usageOf(before->table, after.table, groups.own, between))}});
        if (machine.runsPods)
            entry.set("pods", toValue(usageOf(before->table, after.table, groups.pods, between)));
        list.push(std::move(entry));
    }
    m_last = std::move(after);
    co_return api::Value::object({{"kind", "ClusterMetrics"}, {"apiVersion", "engine.kates.dev/v1alpha1"}, {"metadata", api::Value::object({{"name", cluster}})},
        {"timestamp", formatTime(m_loop.wallTime())}, {"windowSeconds", std::chrono::duration<double>(between).count()}, {"machines", list}});
}

} // namespace kates::cluster
