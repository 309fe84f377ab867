#include "engine/cluster/engine/cluster_runner.h"

#include "engine/base/log.h"
#include "engine/base/time.h"

namespace kates::cluster {

ClusterRunner::ClusterRunner(EngineContext& context, api::Value cluster)
    : m_context(context), m_cluster(std::move(cluster)), m_name(api::ObjectMeta(m_cluster).name()), m_steps(context.loop),
      m_port(static_cast<int>(m_cluster.get("status", "apiServerPort").asInt())), m_status(context.loop, context.client, resources::clusters, "kates-engine"),
      m_tasks(context.loop)
{
}

ClusterRunner::~ClusterRunner() = default;

void ClusterRunner::update(api::Value cluster)
{
    m_cluster = std::move(cluster);
    wake();
}

void ClusterRunner::abandon()
{
    m_abandoned = true;
    wake();
}

bool ClusterRunner::deleting() const
{
    return api::ObjectMeta(m_cluster).beingDeleted();
}

Task<void> ClusterRunner::run()
{
    while (!m_abandoned && !m_gone) {
        co_await pass();
        if (m_abandoned || m_gone)
            break;
        publish();
        co_await m_wake.wait();
    }
    if (m_client)
        co_await m_client->stop();
    for (auto& [name, machine] : m_machines)
        co_await machine->abandon();
    co_await m_status.abandon();
    m_tasks.requestStop();
    co_await m_tasks.finished();
}

Task<void> ClusterRunner::pass()
{
    if (deleting()) {
        co_await destroy();
        co_return;
    }
    if (!m_cluster.get("spec", "running").asBool(true)) {
        co_await stopAll();
        co_return;
    }
    m_stopped = false;
    co_await ensureFinalizer();
    co_await converge();
}

// The steps of a start, each skipped once it is done.
Task<void> ClusterRunner::converge()
{
    const bool hostFits = co_await checkHost();
    if (!hostFits || !issueCertificates() || !choosePort())
        co_return;
    const bool masterServes = co_await startMaster();
    if (!masterServes)
        co_return;
    co_await startNodes();
    countNodes();
}

Task<void> ClusterRunner::ensureFinalizer()
{
    for (const api::Value& finalizer : m_cluster.get("metadata", "finalizers"))
        if (finalizer.asString() == kClusterFinalizer)
            co_return;
    api::Value finalizers = m_cluster.get("metadata", "finalizers").isArray() ? m_cluster.get("metadata", "finalizers") : api::Value::array();
    finalizers.push(kClusterFinalizer);
    api::Value patch = api::Value::object({{"metadata", api::Value::object({{"finalizers", finalizers}})}});
    auto patched = co_await m_context.client->patch(resources::clusters, {}, m_name, client::PatchType::Merge, patch);
    if (patched)
        m_cluster = *patched;
}

std::string ClusterRunner::phase() const
{
    if (deleting())
        return "Deleting";
    if (!m_cluster.get("spec", "running").asBool(true))
        return m_stopped ? "Stopped" : "Stopping";
    if (m_failed)
        return "Failed";
    const api::Value& spec = m_cluster.get("spec");
    const bool complete = m_mastersReady > 0 && m_nodesReady >= spec.get("nodes").asInt() && m_simulatedReady >= spec.get("simulatedNodes").asInt();
    if (complete)
        return "Running";
    return m_wasRunning ? "Degraded" : "Starting";
}

void ClusterRunner::publish()
{
    const std::string now = phase();
    if (now == "Running")
        m_wasRunning = true;
    api::Value status = api::Value::object({{"phase", now}, {"observedGeneration", api::ObjectMeta(m_cluster).generation()}, {"nodesReady", m_nodesReady + m_simulatedReady},
        {"mastersReady", m_mastersReady}, {"steps", m_steps.toValue()}});
    if (m_port > 0) {
        status.set("apiServerPort", m_port);
        status.set("endpoint", "https://127.0.0.1:" + std::to_string(m_port));
    }
    api::Value checks = api::Value::array();
    for (const launcher::PreflightCheck& check : m_preflight) {
        api::Value value = api::Value::object({{"name", check.name}, {"state", check.ok ? "Passed" : "Warning"}, {"message", check.message}});
        if (!check.ok) {
            value.set("lost", check.lost);
            if (!check.fix.empty())
                value.set("message", check.message + ". Fix: " + check.fix);
        }
        checks.push(std::move(value));
    }
    status.set("preflight", checks);
    api::Value holder = api::Value::object({{"status", api::Value::object({{"conditions", m_cluster.get("status", "conditions")}})}});
    if (!holder.get("status", "conditions").isArray())
        holder.edit("status").set("conditions", api::Value::array());
    const bool ready = now == "Running";
    api::setCondition(holder, "Ready", ready, ready ? "AllReady" : now, m_failure, formatTime(m_context.loop.wallTime()));
    status.set("conditions", holder.get("status", "conditions"));
    m_status.set(m_cluster, status);
}

std::vector<ClusterMetrics::Watched> ClusterRunner::processes() const
{
    std::vector<ClusterMetrics::Watched> running;
    for (const auto& [name, machine] : m_machines)
        if (machine->running())
            running.push_back({m_name + "-" + name, machine->pid(), machine->config().directory, machine->config().role == "Node"});
    return running;
}

std::optional<http::Endpoint> ClusterRunner::endpoint() const
{
    if (m_mastersReady == 0 || m_port == 0)
        return std::nullopt;
    return http::Endpoint{"127.0.0.1", m_port, m_adminTls};
}

} // namespace kates::cluster
