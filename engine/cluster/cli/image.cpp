#include <fmt/format.h>

#include "engine/base/files.h"
#include "engine/cluster/cli/commands.h"
#include "engine/cluster/cli/engine_connection.h"
#include "engine/launcher/namespaces.h"
#include "engine/runtime/image/image_loader.h"

namespace kates::cluster::cli {

namespace {

// Layers belong to many users of the image: unpacking them needs the ids of the holder's user namespace.
Result<std::shared_ptr<runtime::ImageStore>> openStore(const Paths& paths)
{
    for (const auto& directory : {paths.run, paths.images()})
        if (auto made = makeDirectories(directory); !made)
            return tl::unexpected(made.error());
    auto holder = launcher::ensureHolder(paths.run);
    if (!holder)
        return tl::unexpected(holder.error());
    if (auto entered = launcher::enterNamespaces(*holder); !entered)
        return tl::unexpected(entered.error());
    return runtime::ImageStore::open(paths.images());
}

} // namespace

int imageLoad(const Paths& paths, const ImageLoadOptions& options)
{
    std::optional<runtime::ImageReference> name;
    if (!options.name.empty()) {
        auto parsed = runtime::ImageReference::parse(options.name);
        if (!parsed)
            return complain(parsed.error().message);
        name = *parsed;
    }
    std::vector<std::filesystem::path> files;
    for (const std::string& file : options.files)
        files.push_back(std::filesystem::absolute(file));
    auto store = openStore(paths);
    if (!store)
        return complain(store.error().message);
    for (const auto& file : files) {
        auto loaded = runtime::loadImages(**store, file, name);
        if (!loaded)
            return complain(loaded.error().message, "Save the image again, for example with: skopeo copy … oci-archive:image.tar");
        for (const runtime::LoadedImage& image : *loaded)
            fmt::print("Loaded {} ({})\n", image.name, image.digest.toString());
    }
    return 0;
}

int imageList(const Paths& paths)
{
    auto store = openStore(paths);
    if (!store)
        return complain(store.error().message);
    std::vector<std::vector<std::string>> rows{{"NAME", "DIGEST", "SIZE"}};
    for (const runtime::ImageStatus& image : (*store)->images())
        for (const std::string& name : image.names)
            rows.push_back({name, image.digest.substr(0, 19), fmt::format("{:.1f} MB", static_cast<double>(image.sizeBytes) / 1e6)});
    printTable(rows);
    return 0;
}

} // namespace kates::cluster::cli
