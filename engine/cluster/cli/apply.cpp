// kates apply: server-side apply of manifests, for machines that have no kubectl.
#include <fmt/format.h>
#include <utility>

#include "engine/api/meta.h"
#include "engine/api/schema.h"
#include "engine/api/yaml.h"
#include "engine/base/files.h"
#include "engine/cluster/cli/commands.h"
#include "engine/cluster/cli/engine_connection.h"
#include "engine/cluster/cli/follow.h"

namespace kates::cluster::cli {

namespace {

constexpr std::size_t kManifestMaxBytes = 16u << 20;

struct Manifest {
    client::Resource resource;
    api::Value object;
    std::string ns, where; // "web.yaml:12"
};

Result<Manifest> toManifest(const api::Value& object, std::string where)
{
    const auto kind = api::Scheme::kubernetes()->findKind(object.str("apiVersion"), object.str("kind"));
    if (!kind)
        return failure(where + ": no kind \"" + std::string(object.str("kind")) + "\" in version \"" + std::string(object.str("apiVersion")) + "\"");
    const api::ObjectMeta meta(object);
    if (meta.name().empty())
        return failure(where + ": metadata.name is missing");
    std::string ns(kind->namespaced ? (meta.ns().empty() ? std::string_view("default") : meta.ns()) : std::string_view());
    return Manifest{{kind->group, kind->version, kind->plural}, object, std::move(ns), std::move(where)};
}

// Every document of every file, or the first problem: nothing is applied unless all of it can be read.
Result<std::vector<Manifest>> readManifests(const std::vector<std::string>& files)
{
    std::vector<Manifest> manifests;
    for (const std::string& file : files) {
        auto text = readFile(file, kManifestMaxBytes);
        if (!text)
            return tl::unexpected(text.error());
        api::ParseLimits limits;
        limits.bytesMax = kManifestMaxBytes;
        auto documents = api::parseYaml(*text, limits);
        if (!documents)
            return failure(file + ": " + documents.error().message);
        for (const api::YamlDocument& document : *documents) {
            auto manifest = toManifest(document.value, file + ":" + std::to_string(document.line));
            if (!manifest)
                return tl::unexpected(manifest.error());
            manifests.push_back(std::move(*manifest));
        }
    }
    return manifests;
}

std::string display(const Manifest& manifest)
{
    const std::string group = manifest.resource.group.empty() ? "" : "." + manifest.resource.group;
    return manifest.resource.plural + group + "/" + std::string(api::ObjectMeta(manifest.object).name());
}

// What `kubectl rollout status` calls successfully rolled out; says how far it is whenever that changes.
bool isRolledOut(const api::Value& deployment, std::int64_t& printed)
{
    const api::Value& status = deployment.get("status");
    const std::int64_t wanted = deployment.get("spec", "replicas").asInt(1);
    const std::int64_t available = status.get("availableReplicas").asInt();
    if (std::exchange(printed, available) != available)
        fmt::print("  {} of {} pods of {} are available\n", available, wanted, api::ObjectMeta(deployment).name());
    return status.get("observedGeneration").asInt() >= api::ObjectMeta(deployment).generation() && status.get("updatedReplicas").asInt() >= wanted
        && status.get("replicas").asInt() == wanted && available >= wanted;
}

Task<int> waitUntilRolledOut(Loop& loop, std::shared_ptr<client::Client> client, const Manifest& manifest, Duration timeout)
{
    const std::string name(api::ObjectMeta(manifest.object).name());
    std::int64_t printed = 0;
    std::function<bool(const api::Value&)> seen = [&](const api::Value& deployment) { return isRolledOut(deployment, printed); };
    auto watched = co_await watchObject(loop, client, manifest.resource, manifest.ns, name, seen, timeout);
    switch (watched.end) {
    case WatchedObject::End::Reached:
        co_return 0;
    case WatchedObject::End::Gone:
        co_return complain(display(manifest) + " was deleted while this command waited for it");
    case WatchedObject::End::TimedOut:
        co_return complain(display(manifest) + " did not become available in time", "kubectl describe pods says what its pods wait for");
    case WatchedObject::End::Broken:
        break;
    }
    co_return complain(display(manifest) + ": " + watched.problem);
}

// Where the pods run.
Task<int> printPods(std::shared_ptr<client::Client> client)
{
    std::string everywhere;
    auto pods = co_await client->list(client::resources::pods, everywhere);
    if (!pods)
        co_return complain(pods.error());
    std::vector<std::vector<std::string>> rows;
    rows.push_back({"  POD", "NODE", "STATUS", "IP"});
    for (const api::Value& pod : pods->items) {
        const api::ObjectMeta meta(pod);
        rows.push_back({"  " + std::string(meta.ns()) + "/" + std::string(meta.name()), std::string(pod.get("spec").str("nodeName")),
            std::string(pod.get("status").str("phase")), std::string(pod.get("status").str("podIP"))});
    }
    printTable(rows);
    co_return 0;
}

Task<int> run(Loop& loop, std::shared_ptr<client::Client> client, std::vector<Manifest> manifests, int waitSeconds)
{
    client::WriteOptions options;
    options.fieldManager = "kates";
    options.force = true;
    for (const Manifest& manifest : manifests) {
        const std::string name(api::ObjectMeta(manifest.object).name());
        auto applied = co_await client->patch(manifest.resource, manifest.ns, name, client::PatchType::Apply, manifest.object, options);
        if (!applied)
            co_return complain(manifest.where + ": " + applied.error().message);
        fmt::print("  {} applied\n", display(manifest));
    }
    if (waitSeconds <= 0)
        co_return 0;
    const Duration timeout = std::chrono::seconds(waitSeconds);
    for (const Manifest& manifest : manifests) {
        if (!(manifest.resource == client::resources::deployments))
            continue;
        const int code = co_await waitUntilRolledOut(loop, client, manifest, timeout);
        if (code != 0)
            co_return code;
    }
    co_return co_await printPods(client);
}

} // namespace

int apply(const Paths& paths, const ApplyOptions& options)
{
    auto manifests = readManifests(options.files);
    if (!manifests)
        return complain(manifests.error().message);
    auto loop = makeLoop();
    auto context = client::readKubeconfig(paths.engineKubeconfig());
    if (!context)
        return complain("the engine does not run", "kates up starts it");
    context->server += "/clusters/" + options.name;
    auto endpoint = client::endpointOf(*context);
    if (!endpoint)
        return complain(endpoint.error().message);
    return runToCompletion(*loop, run(*loop, client::makeHttpClient(*loop, *endpoint), std::move(*manifests), options.waitSeconds));
}

} // namespace kates::cluster::cli
