// kates apply: server-side apply of manifests, for machines that have no kubectl.
#include <fmt/format.h>

#include "engine/api/meta.h"
#include "engine/api/schema.h"
#include "engine/api/yaml.h"
#include "engine/base/files.h"
#include "engine/cluster/cli/commands.h"
#include "engine/cluster/cli/engine_connection.h"

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

Task<int> run(std::shared_ptr<client::Client> client, std::vector<Manifest> manifests)
{
    client::WriteOptions options;
    options.fieldManager = "kates";
    options.force = true;
    for (const Manifest& manifest : manifests) {
        const std::string name(api::ObjectMeta(manifest.object).name());
        auto applied = co_await client->patch(manifest.resource, manifest.ns, name, client::PatchType::Apply, manifest.object, options);
        if (!applied)
            co_return complain(manifest.where + ": " + applied.error().message);
        const std::string group = manifest.resource.group.empty() ? "" : "." + manifest.resource.group;
        fmt::print("  {}{}/{} applied\n", manifest.resource.plural, group, name);
    }
    co_return 0;
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
    return runToCompletion(*loop, run(client::makeHttpClient(*loop, *endpoint), std::move(*manifests)));
}

} // namespace kates::cluster::cli
