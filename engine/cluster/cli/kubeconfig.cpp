#include "engine/client/kubeconfig.h"

#include <cstdlib>
#include <fmt/format.h>

#include "engine/cluster/cli/commands.h"
#include "engine/cluster/cli/engine_connection.h"
#include "engine/cluster/engine/engine_context.h"

namespace kates::cluster::cli {

namespace {

Task<int> exists(std::shared_ptr<client::Client> client, std::string name)
{
    auto cluster = co_await client->get(resources::clusters, {}, name);
    if (!cluster && cluster.error().isNotFound())
        cluster = co_await client->get(resources::remoteClusters, {}, name);
    co_return cluster ? 0 : complain(cluster.error().message, "kates list shows the clusters that exist");
}

} // namespace

std::filesystem::path defaultKubeconfig()
{
    if (const char* list = std::getenv("KUBECONFIG"); list && *list)
        return std::string(list).substr(0, std::string(list).find(':'));
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home ? home : "/root") / ".kube/config";
}

int kubeconfig(const Paths& paths, const KubeconfigOptions& options)
{
    auto loop = makeLoop();
    auto client = connectToEngine(*loop, paths, StartEngine::Yes);
    if (!client)
        return complain(client.error().message, "See " + paths.engineLog().string());
    if (const int code = runToCompletion(*loop, exists(*client, options.name)); code != 0)
        return code;
    auto engine = client::readKubeconfig(paths.engineKubeconfig());
    if (!engine)
        return complain(engine.error().message);
    client::KubeContext context = *engine;
    context.name = "kates-" + options.name;
    context.server += "/clusters/" + options.name;
    if (!options.merge) {
        fmt::print("{}", client::toKubeconfig(context));
        return 0;
    }
    const auto file = options.file.empty() ? defaultKubeconfig() : options.file;
    if (auto merged = client::mergeIntoKubeconfig(file, context, true); !merged)
        return complain(merged.error().message);
    fmt::print("kubectl now talks to cluster {} (context {} in {}).\n", options.name, context.name, file.string());
    return 0;
}

} // namespace kates::cluster::cli
