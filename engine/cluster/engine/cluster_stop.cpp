// Stopping a cluster, and leaving nothing behind.
#include <sys/mount.h>

#include "engine/base/blocking.h"
#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/cluster/engine/cluster_runner.h"
#include "engine/runtime/oci/oci_runtime.h"

namespace kates::cluster {

namespace fs = std::filesystem;

// Nodes first, while the master still takes their last statuses.
Task<void> ClusterRunner::stopAll()
{
    if (m_stopped)
        co_return;
    // Processes of an earlier engine have to be found before they can be stopped.
    const int nodes = static_cast<int>(m_cluster.get("spec", "nodes").asInt());
    machine("master-0", configOf("Master", 0)).adopt();
    for (int index = 1; index <= nodes; ++index) {
        MachineConfig config = configOf("Node", index);
        machine(config.machine, config).adopt();
    }
    if (m_cluster.get("spec", "simulatedNodes").asInt() > 0)
        machine("simulated", configOf("SimulatedNodes", 0)).adopt();
    publish();

    if (m_client) {
        co_await m_client->stop();
        m_client.reset();
    }
    std::vector<std::string> names;
    for (auto& [name, one] : m_machines)
        if (one->config().role != "Master")
            names.push_back(name);
    for (const std::string& name : names)
        m_tasks.spawn(stopMachine(name));
    co_await m_tasks.finished();
    co_await stopMachine("master-0");
    m_machines.clear();
    m_steps.clear();
    m_mastersReady = m_nodesReady = m_simulatedReady = 0;
    m_wasRunning = m_failed = false;
    m_failure.clear();
    m_stopped = true;
}

Task<void> ClusterRunner::stopMachine(std::string name)
{
    auto found = m_machines.find(name);
    if (found == m_machines.end())
        co_return;
    // Taken out at the end only: meanwhile nobody else may start it.
    co_await found->second->stop(true);
    co_await found->second->forget();
    m_machines.erase(name);
}

Task<void> ClusterRunner::removeNodeObject(std::string name)
{
    if (!m_client)
        co_return;
    if (name == "simulated") {
        client::ListOptions selector;
        selector.labelSelector = "kates.dev/simulated=true";
        (void)co_await m_client->api().removeCollection(client::resources::nodes, {}, selector);
        co_return;
    }
    (void)co_await m_client->api().remove(client::resources::nodes, {}, name);
}

Task<void> ClusterRunner::destroy()
{
    co_await stopAll();
    auto removed = co_await runBlocking(m_context.loop, [this] { return removeFiles(); });
    if (!removed) {
        m_failure = removed.error().message;
        log::warning("engine", "cluster files not removed", "cluster", m_name, "error", removed.error().message);
        co_return;
    }
    api::Value kept = api::Value::array();
    for (const api::Value& finalizer : m_cluster.get("metadata", "finalizers"))
        if (finalizer.asString() != kClusterFinalizer)
            kept.push(finalizer);
    api::Value patch = api::Value::object({{"metadata", api::Value::object({{"finalizers", kept}})}});
    auto patched = co_await m_context.client->patch(resources::clusters, {}, m_name, client::PatchType::Merge, patch);
    m_gone = patched || patched.error().isNotFound();
}

Result<void> ClusterRunner::removeFiles()
{
    // Containers outlive their node; those of one that crashed still run.
    std::error_code problem;
    for (const auto& machine : fs::directory_iterator(m_context.paths.cluster(m_name), problem))
        if (auto discarded = runtime::discardOciRuntime(machine.path() / "runtime"); !discarded)
            return discarded;
    // What a crashed node left mounted below the cluster's directories.
    for (const fs::path& root : {m_context.paths.clusterRun(m_name), m_context.paths.cluster(m_name)}) {
        const std::string mounts = readFile("/proc/self/mountinfo").value_or(std::string());
        std::vector<std::string> points;
        for (std::size_t at = 0; at < mounts.size();) {
            const std::size_t end = std::min(mounts.find('\n', at), mounts.size());
            std::size_t field = at;
            for (int i = 0; i < 4 && field < end; ++i)
                field = mounts.find(' ', field) + 1;
            std::string point = mounts.substr(field, mounts.find(' ', field) - field);
            if (point.starts_with(root.string() + "/"))
                points.push_back(std::move(point));
            at = end + 1;
        }
        for (auto point = points.rbegin(); point != points.rend(); ++point)
            ::umount2(point->c_str(), MNT_DETACH);
        if (auto removed = removeTree(root); !removed)
            return removed;
    }
    return {};
}

} // namespace kates::cluster
