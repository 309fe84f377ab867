#include <algorithm>

#include <fmt/format.h>

#include "engine/api/schema_parser.h"

namespace kates::api {

namespace {

// The embedded files are part of the program (a test reads them all): a mistake in them is a bug of the build.
Scheme readEmbedded(std::span<const SchemaFile> kinds, std::span<const SchemaFile> more)
{
    std::vector<SchemaFile> files(kinds.begin(), kinds.end());
    files.insert(files.end(), more.begin(), more.end());
    auto set = parseSchemas(files);
    if (!set) {
        fmt::print(stderr, "kates: the embedded schemas are broken: {}\n", set.error().message);
        std::abort();
    }
    Scheme scheme;
    for (const auto& type : set->types)
        scheme.addType(type);
    for (const auto& kind : set->kinds)
        scheme.addKind(kind);
    return scheme;
}

// What a client of the engine's API server may use beside the engine's own kinds.
bool servedByEngine(const KindDescription& kind)
{
    constexpr std::array<std::string_view, 4> kCoreKinds {"Namespace", "Event", "Secret", "ConfigMap"};
    if (kind.group.empty())
        return std::ranges::find(kCoreKinds, kind.kind) != kCoreKinds.end();
    return kind.group == "engine.kates.dev" || kind.group == "authentication.k8s.io" || kind.group == "authorization.k8s.io";
}

} // namespace

std::shared_ptr<Scheme> Scheme::kubernetes()
{
    static const Scheme scheme = readEmbedded(embeddedKubernetesSchemas(), {});
    return std::make_shared<Scheme>(scheme);
}

std::shared_ptr<Scheme> Scheme::engine()
{
    static const Scheme scheme = [] {
        Scheme all = readEmbedded(embeddedKubernetesSchemas(), embeddedEngineSchemas());
        for (const KindPointer& kind : std::vector(all.kinds())) {
            if (!servedByEngine(*kind))
                all.removeKind(kind->group, kind->plural);
        }
        return all;
    }();
    return std::make_shared<Scheme>(scheme);
}

} // namespace kates::api
