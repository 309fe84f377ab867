#include <csignal>
#include <fmt/format.h>
#include <unistd.h>

#include "engine/api/meta.h"
#include "engine/client/kubeconfig.h"
#include "engine/cluster/cli/commands.h"
#include "engine/cluster/cli/engine_connection.h"
#include "engine/cluster/cli/follow.h"
#include "engine/cluster/engine/engine_context.h"
#include "engine/launcher/namespaces.h"
#include "engine/launcher/process_record.h"

namespace kates::cluster::cli {

namespace {

constexpr auto kStopTimeout = std::chrono::minutes(2);

Task<int> runDown(Loop& loop, std::shared_ptr<client::Client> client, std::string name)
{
    api::Value patch = api::Value::object({{"spec", api::Value::object({{"running", false}})}});
    auto patched = co_await client->patch(resources::clusters, {}, name, client::PatchType::Merge, patch);
    if (!patched)
        co_return complain(patched.error());
    const auto stopped = [](const api::Value& cluster) { return cluster.get("status").str("phase") == "Stopped"; };
    auto result = co_await followCluster(loop, client, name, api::ObjectMeta(*patched).generation(), stopped, false, kStopTimeout);
    if (result.end != FollowResult::End::Reached)
        co_return complain("the cluster " + name + " has not stopped: " + result.problem, "kates logs " + name + " shows why");
    fmt::print("Cluster {} is stopped. Everything is kept: kates up {} brings it back.\n", name, name);
    co_return 0;
}

Task<int> runRemove(Loop& loop, std::shared_ptr<client::Client> client, std::string name)
{
    auto removed = co_await client->remove(resources::clusters, {}, name);
    if (!removed)
        co_return complain(removed.error());
    auto result = co_await followCluster(loop, client, name, 0, [](const api::Value&) { return false; }, false, kStopTimeout);
    if (result.end != FollowResult::End::Gone)
        co_return complain("the cluster " + name + " is not deleted yet: " + result.problem, "kates status " + name + " shows what is left");
    fmt::print("Cluster {} is deleted.\n", name);
    co_return 0;
}

template <typename Run>
int withEngine(const Paths& paths, Run run)
{
    auto loop = makeLoop();
    auto client = connectToEngine(*loop, paths, StartEngine::Yes);
    if (!client)
        return complain(client.error().message, "See " + paths.engineLog().string());
    return runToCompletion(*loop, run(*loop, *client));
}

bool anyMachineRuns(const Paths& paths)
{
    std::error_code ignored;
    for (const auto& cluster : std::filesystem::directory_iterator(paths.clusters(), ignored))
        for (const auto& machine : std::filesystem::directory_iterator(cluster.path(), ignored))
            if (launcher::readProcessRecord(machine.path() / "pid"))
                return true;
    return false;
}

Task<int> waitForExit(Loop& loop, int pid)
{
    Future<ExitStatus> exited = watchForeignProcess(loop, pid);
    co_await exited;
    co_return 0;
}

} // namespace

int down(const Paths& paths, const std::string& name)
{
    return withEngine(paths, [&](Loop& loop, std::shared_ptr<client::Client> client) { return runDown(loop, client, name); });
}

int remove(const Paths& paths, const std::string& name)
{
    const int code = withEngine(paths, [&](Loop& loop, std::shared_ptr<client::Client> client) { return runRemove(loop, client, name); });
    if (code == 0)
        (void)client::removeFromKubeconfig(defaultKubeconfig(), "kates-" + name);
    return code;
}

int engineStop(const Paths& paths)
{
    auto record = launcher::readProcessRecord(paths.engineRecord());
    if (!record) {
        fmt::print("The engine does not run.\n");
        return 0;
    }
    auto loop = makeLoop();
    ::kill(record->pid, SIGTERM);
    (void)runToCompletion(*loop, waitForExit(*loop, record->pid));
    if (anyMachineRuns(paths)) {
        fmt::print("The engine is stopped; clusters go on running.\n");
        return 0;
    }
    // Nothing is left that needs the namespaces.
    if (auto stopped = launcher::stopHolder(paths.run); !stopped)
        return complain(stopped.error().message);
    fmt::print("The engine is stopped.\n");
    return 0;
}

} // namespace kates::cluster::cli
