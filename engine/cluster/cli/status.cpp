#include <fmt/format.h>

#include "engine/api/meta.h"
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

// The entry of clusters/NAME/metrics for one machine: what it uses as "cpu" or "memory", apart from its containers ("usage") or of them ("pods").
std::string used(const api::Value& metrics, std::string_view machine, std::string_view of, std::string_view what)
{
    for (const api::Value& entry : metrics.get("machines"))
        if (entry.str("name") == machine)
            return std::string(entry.get(of, what).asString("-"));
    return "-";
}

void printCluster(const api::Value& cluster, const std::vector<api::Value>& machines, const api::Value& metrics)
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
    std::vector<std::vector<std::string>> rows{{"  NAME", "ROLE", "PHASE", "PID", "RESTARTS", "CPU", "MEMORY", "PODS' CPU", "PODS' MEMORY", "MESSAGE"}};
    for (const api::Value& machine : machines) {
        if (machine.get("spec").str("clusterName") != api::ObjectMeta(cluster).name())
            continue;
        const api::Value& state = machine.get("status");
        const std::string name(api::ObjectMeta(machine).name());
        rows.push_back({"  " + name, text(machine.get("spec", "role")), text(state.get("phase")), text(state.get("pid")), text(state.get("restarts")),
            used(metrics, name, "usage", "cpu"), used(metrics, name, "usage", "memory"), used(metrics, name, "pods", "cpu"), used(metrics, name, "pods", "memory"),
            std::string(state.str("message"))});
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
    auto metrics = co_await client->get(resources::clusters, {}, name, "metrics");
    if (!metrics)
        co_return complain(metrics.error());
    printCluster(*cluster, machines->items, *metrics);
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
