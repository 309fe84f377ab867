#include <fmt/format.h>

#include "engine/api/meta.h"
#include "engine/api/yaml.h"
#include "engine/base/files.h"
#include "engine/cluster/cli/commands.h"
#include "engine/cluster/cli/engine_connection.h"
#include "engine/cluster/cli/follow.h"
#include "engine/cluster/engine/engine_context.h"

namespace kates::cluster::cli {

namespace {

// The Cluster that the file and the options describe; only what was said is in it.
Result<api::Value> wantedCluster(const UpOptions& options)
{
    api::Value cluster = api::Value::object({{"apiVersion", "engine.kates.dev/v1alpha1"}, {"kind", "Cluster"}});
    if (!options.file.empty()) {
        auto text = readFile(options.file, 1u << 20);
        auto documents = text ? api::parseYaml(*text) : tl::unexpected(text.error());
        if (!documents)
            return failure(options.file.string() + ": " + documents.error().message);
        if (documents->size() != 1 || documents->front().value.str("kind") != "Cluster")
            return failure(options.file.string() + ": one document of kind Cluster (engine.kates.dev/v1alpha1) is expected");
        cluster = documents->front().value;
    }
    if (cluster.str("metadata", "name").empty() || options.file.empty())
        cluster.edit("metadata").set("name", options.name);
    api::Value& spec = cluster.edit("spec");
    if (spec.isNull())
        spec = api::Value::object();
    spec.set("running", true);
    if (options.masters)
        spec.set("masters", *options.masters);
    if (options.nodes)
        spec.set("nodes", *options.nodes);
    if (options.simulatedNodes)
        spec.set("simulatedNodes", *options.simulatedNodes);
    if (options.port)
        spec.set("apiServerPort", *options.port);
    if (!options.runtime.empty())
        spec.set("runtime", options.runtime);
    return cluster;
}

// Creates the cluster, or changes what was said about one that exists.
Task<api::ApiResult<api::Value>> submit(std::shared_ptr<client::Client> client, api::Value cluster)
{
    const std::string name(cluster.str("metadata", "name"));
    auto created = co_await client->create(resources::clusters, {}, cluster);
    if (created || !created.error().isAlreadyExists())
        co_return created;
    api::Value patch = api::Value::object({{"spec", cluster.get("spec")}});
    co_return co_await client->patch(resources::clusters, {}, name, client::PatchType::Merge, patch);
}

void printSummary(const std::string& name, const api::Value& cluster)
{
    const std::string flag = name == "kates" ? "" : " " + name;
    fmt::print("\nCluster {} is running: {} at {}\n", name, "Kubernetes v1.35", cluster.get("status").str("endpoint"));
    fmt::print("  use it:      kates kubeconfig{} --merge && kubectl get nodes\n", flag);
    fmt::print("  look at it:  kates status{}   (or open kates-desktop)\n", flag);
    fmt::print("  stop it:     kates down{}     (kates delete{} removes it)\n", flag, flag);
}

Task<int> run(Loop& loop, std::shared_ptr<client::Client> client, api::Value wanted, int timeoutSeconds)
{
    const std::string name(wanted.str("metadata", "name"));
    auto submitted = co_await submit(client, wanted);
    if (!submitted)
        co_return complain(submitted.error());
    fmt::print("Starting cluster {}\n", name);
    const std::int64_t generation = api::ObjectMeta(*submitted).generation();
    const auto running = [](const api::Value& cluster) { return cluster.get("status").str("phase") == "Running"; };
    auto result = co_await followCluster(loop, client, name, generation, running, true, std::chrono::seconds(timeoutSeconds));
    switch (result.end) {
    case FollowResult::End::Reached:
        printSummary(name, result.cluster);
        co_return 0;
    case FollowResult::End::Failed:
        co_return complain(result.problem, result.fix);
    case FollowResult::End::Gone:
        co_return complain("the cluster " + name + " was deleted while it started");
    case FollowResult::End::TimedOut:
        co_return complain("the cluster " + name + " is not ready after " + std::to_string(timeoutSeconds) + " s", "kates status " + name + " shows what is missing; kates logs " + name + " shows why");
    case FollowResult::End::Broken:
        break;
    }
    co_return complain("the connection to the engine broke: " + result.problem, "Run the command again");
}

} // namespace

int up(const Paths& paths, const UpOptions& options)
{
    auto cluster = wantedCluster(options);
    if (!cluster)
        return complain(cluster.error().message);
    auto loop = makeLoop();
    auto client = connectToEngine(*loop, paths, StartEngine::Yes);
    if (!client)
        return complain(client.error().message, "See " + paths.engineLog().string());
    return runToCompletion(*loop, run(*loop, *client, *cluster, options.timeoutSeconds));
}

} // namespace kates::cluster::cli
