// GET /stats/summary: what of the kubelet's stats API (kubernetes/kubelet stats/v1alpha1) the resource metrics need.
#include <unistd.h>

#include "engine/api/json.h"
#include "engine/base/time.h"
#include "engine/kubelet/server/kubelet_server.h"

namespace kates::kubelet {

namespace {

constexpr std::int64_t kNanoCoresPerMilli = 1'000'000;

void setUsage(api::Value& stats, const Usage& usage, const std::string& now)
{
    stats.set("cpu", api::Value::object({{"time", now}, {"usageNanoCores", usage.cpuMilli * kNanoCoresPerMilli}}));
    stats.set("memory", api::Value::object({{"time", now}, {"workingSetBytes", static_cast<std::int64_t>(usage.memoryBytes)}}));
}

void add(Usage& sum, const Usage& part)
{
    sum.cpuMilli += part.cpuMilli;
    sum.memoryBytes += part.memoryBytes;
}

} // namespace

Task<void> KubeletServer::statsSummary(http::Exchange& exchange)
{
    const UsageMeter::Looks looks = co_await m_meter.look();
    const std::string now = formatTime(m_kubelet.loop().wallTime());
    // The node is this process with its helpers and all its containers: the rest of the host is not its business.
    Usage node = usageOf(looks.before, looks.after, groupsOf(looks.after, ::getpid(), {}).own, looks.between);
    api::Value pods = api::Value::array();
    for (const api::Value& pod : m_kubelet.pods()) {
        const api::ObjectMeta meta(pod);
        api::Value containers = api::Value::array();
        Usage sum;
        for (const runtime::ContainerStatus& container : m_kubelet.runtime().containers()) {
            if (container.podUid != meta.uid() || container.state != runtime::ContainerState::Running)
                continue;
            const Usage usage = usageOf(looks.before, looks.after, containerGroup(looks.after, container.id), looks.between);
            add(sum, usage);
            api::Value stats = api::Value::object({{"name", container.name}, {"startTime", formatTime(container.startedAt)}});
            setUsage(stats, usage, now);
            containers.push(std::move(stats));
        }
        add(node, sum);
        api::Value stats = api::Value::object(
            {{"podRef", api::Value::object({{"name", meta.name()}, {"namespace", meta.ns()}, {"uid", meta.uid()}})}, {"containers", containers}});
        setUsage(stats, sum, now);
        pods.push(std::move(stats));
    }
    api::Value ofNode = api::Value::object({{"nodeName", m_kubelet.nodeName()}});
    setUsage(ofNode, node, now);
    // Beside upstream's members: over how long the CPU was measured.
    const double window = std::chrono::duration<double>(looks.between).count();
    const api::Value summary = api::Value::object({{"node", ofNode}, {"pods", pods}, {"windowSeconds", window}});
    http::Headers headers{{"Content-Type", "application/json"}};
    co_await exchange.respond(200, std::move(headers), Bytes(api::toJson(summary)));
}

} // namespace kates::kubelet
