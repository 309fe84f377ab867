#include <fmt/format.h>
#include <unistd.h>

#include "engine/api/meta.h"
#include "engine/base/files.h"
#include "engine/base/time.h"
#include "engine/cluster/cli/commands.h"
#include "engine/cluster/cli/engine_connection.h"
#include "engine/cluster/cli/remote.h"
#include "engine/cluster/engine/engine_context.h"

namespace kates::cluster::cli {

namespace {

std::string text(const api::Value& value)
{
    return value.isInt() ? std::to_string(value.asInt()) : std::string(value.asString("-"));
}

// Resident memory and CPU time of a process, from /proc.
struct Usage {
    std::string memory = "-", cpu = "-";
};

Usage usageOf(std::int64_t pid)
{
    Usage usage;
    const std::string directory = "/proc/" + std::to_string(pid);
    long long pages = 0, skipped = 0;
    const std::string memory = readFile(directory + "/statm", 256).value_or(std::string());
    if (std::sscanf(memory.c_str(), "%lld %lld", &skipped, &pages) == 2)
        usage.memory = fmt::format("{:.1f} MiB", static_cast<double>(pages) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1048576.0);
    const std::string stat = readFile(directory + "/stat", 4096).value_or(std::string());
    unsigned long user = 0, system = 0;
    const auto fields = stat.rfind(')');
    if (fields != std::string::npos && std::sscanf(stat.c_str() + fields + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) == 2)
        usage.cpu = fmt::format("{:.2f} s", static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK)));
    return usage;
}

void printCluster(const api::Value& cluster, const std::vector<api::Value>& machines)
{
    const api::Value& spec = cluster.get("spec");
    const api::Value& status = cluster.get("status");
    fmt::print("Cluster {}: {}\n", api::ObjectMeta(cluster).name(), status.str("phase"));
    if (!status.str("endpoint").empty())
        fmt::print("  API server  {}\n", status.str("endpoint"));
    fmt::print("  Masters     {} of {} serve\n", status.get("mastersReady").asInt(), spec.get("masters").asInt());
    fmt::print("  Nodes       {} of {} Ready ({} real, {} simulated wanted)\n", status.get("nodesReady").asInt(), spec.get("nodes").asInt() + spec.get("simulatedNodes").asInt(),
        spec.get("nodes").asInt(), spec.get("simulatedNodes").asInt());
    fmt::print("\nSteps of the last start\n");
    for (const api::Value& step : status.get("steps")) {
        fmt::print("  {:<8} {:<34} {:>6} ms  {}\n", step.str("state"), step.str("name"), step.get("milliseconds").asInt(), step.str("message"));
        if (!step.str("fix").empty())
            fmt::print("           Fix: {}\n", step.str("fix"));
    }
    fmt::print("\nProcesses\n");
    std::vector<std::vector<std::string>> rows{{"  NAME", "ROLE", "PHASE", "PID", "RESTARTS", "MEMORY", "CPU TIME", "MESSAGE"}};
    for (const api::Value& machine : machines) {
        if (machine.get("spec").str("clusterName") != api::ObjectMeta(cluster).name())
            continue;
        const api::Value& state = machine.get("status");
        const Usage usage = state.get("pid").asInt() > 0 ? usageOf(state.get("pid").asInt()) : Usage{};
        rows.push_back({"  " + std::string(api::ObjectMeta(machine).name()), text(machine.get("spec", "role")), text(state.get("phase")), text(state.get("pid")),
            text(state.get("restarts")), usage.memory, usage.cpu, std::string(state.str("message"))});
    }
    printTable(rows);
    bool heading = false;
    for (const api::Value& check : status.get("preflight")) {
        if (check.str("state") == "Passed")
            continue;
        if (!std::exchange(heading, true))
            fmt::print("\nWhat this host lacks\n");
        fmt::print("  {}: {}\n    without it: {}\n", check.str("name"), check.str("message"), check.str("lost"));
    }
}

Task<int> runStatus(Loop& loop, std::shared_ptr<client::Client> client, std::string name)
{
    auto cluster = co_await client->get(resources::clusters, {}, name);
    if (!cluster && cluster.error().isNotFound()) {
        auto remote = co_await client->get(resources::remoteClusters, {}, name);
        if (remote)
            co_return co_await remoteStatus(loop, client, name);
    }
    if (!cluster)
        co_return complain(cluster.error().message, "kates list shows the clusters that exist");
    auto machines = co_await client->list(resources::machines, {});
    if (!machines)
        co_return complain(machines.error());
    printCluster(*cluster, machines->items);
    co_return 0;
}

Task<int> runList(std::shared_ptr<client::Client> client)
{
    auto clusters = co_await client->list(resources::clusters, {});
    if (!clusters)
        co_return complain(clusters.error());
    auto remotes = co_await client->list(resources::remoteClusters, {});
    if (!remotes)
        co_return complain(remotes.error());
    if (clusters->items.empty() && remotes->items.empty()) {
        fmt::print("No clusters. kates up starts one.\n");
        co_return 0;
    }
    std::vector<std::vector<std::string>> rows{{"NAME", "PHASE", "NODES", "SIMULATED", "ENDPOINT"}};
    for (const api::Value& cluster : clusters->items)
        rows.push_back({std::string(api::ObjectMeta(cluster).name()), text(cluster.get("status", "phase")), text(cluster.get("spec", "nodes")),
            text(cluster.get("spec", "simulatedNodes")), text(cluster.get("status", "endpoint"))});
    for (const api::Value& remote : remotes->items)
        rows.push_back({std::string(api::ObjectMeta(remote).name()), "Remote, " + std::string(remote.str("spec", "access")), "-", "-", text(remote.get("status", "server"))});
    printTable(rows);
    co_return 0;
}

template <typename Run>
int withEngine(const Paths& paths, Run run)
{
    auto loop = makeLoop();
    auto client = connectToEngine(*loop, paths, StartEngine::No);
    if (!client)
        return complain(client.error().message, "kates up starts it");
    return runToCompletion(*loop, run(*loop, *client));
}

} // namespace

int status(const Paths& paths, const std::string& name)
{
    return withEngine(paths, [&](Loop& loop, std::shared_ptr<client::Client> client) { return runStatus(loop, client, name); });
}

int list(const Paths& paths)
{
    return withEngine(paths, [&](Loop&, std::shared_ptr<client::Client> client) { return runList(client); });
}

} // namespace kates::cluster::cli
