#include "engine/runtime/image/layer_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/api/json.h"

namespace kates::runtime {

namespace fs = std::filesystem;
using api::Value;

namespace {

constexpr std::size_t kInfoSizeMaxBytes = 4096;

const std::string& bootId()
{
    static const std::string id = readFile("/proc/sys/kernel/random/boot_id", 64).value_or("unknown");
    return id;
}

bool layerUsable(const fs::path& layer)
{
    const auto content = readFile(layer / "info.json", kInfoSizeMaxBytes);
    const auto info = content ? api::parseJson(*content) : unexpected(content.error());
    if (!info)
        return false;
    return info->str("bootId") == bootId() || ::access((layer / "durable").c_str(), F_OK) == 0;
}

Result<OwnedFd> openDirectory(const fs::path& path)
{
    OwnedFd directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory)
        return systemFailure("open " + path.string());
    return directory;
}

// One layer of one image on its way into the store.
struct LayerJob {
    const ImageStore& store;
    const ResolvedImage& image;
    std::size_t index;
    std::vector<fs::path> lower; // lowest first
    const UnpackLimits& limits;
    std::stop_token stop;

    std::string label() const
    {
        return "layer " + std::to_string(index + 1) + " of " + std::to_string(image.manifest.layers.size()) + " (" + descriptor().digest.toString()
            + ")";
    }
    const Descriptor& descriptor() const { return image.manifest.layers[index]; }

    Result<UnpackStatistics> unpack(const fs::path& directory, WhiteoutStyle style) const
    {
        auto blob = store.blobs().open(descriptor().digest);
        if (!blob)
            return failure(label() + ": " + blob.error().message);
        auto root = openDirectory(directory);
        if (!root)
            return unexpected(root.error());
        UnpackTarget target {.root = root->get(), .whiteouts = style};
        std::vector<OwnedFd> lowerDirectories;
        for (auto path = lower.rbegin(); path != lower.rend(); ++path) {
            auto opened = openDirectory(*path);
            if (!opened)
                return unexpected(opened.error());
            target.lower.push_back(opened->get());
            lowerDirectories.push_back(std::move(*opened));
        }
        auto statistics = unpackLayer(blob->get(), image.config.diffIds[index], target, limits, stop);
        if (!statistics)
            return unexpected(Error {label() + ": " + statistics.error().message, statistics.error().systemError});
        return statistics;
    }

    Result<void> publish(const fs::path& layer) const
    {
        const auto working = store.root() / "ingest" / ("layer-" + layer.filename().string());
        if (auto removed = removeTree(working); !removed)
            return removed;
        if (auto made = makeDirectories(working / "fs", 0755); !made)
            return made;
        auto statistics = unpack(working / "fs", WhiteoutStyle::Overlay);
        if (!statistics) {
            (void)removeTree(working);
            return unexpected(statistics.error());
        }
        const Value info = Value::object({{"diffId", image.config.diffIds[index].toString()}, {"bytes", statistics->bytes},
            {"entries", statistics->entries}, {"devicesSkipped", statistics->devicesSkipped}, {"bootId", bootId()}});
        if (auto written = writeFileAtomically(working / "info.json", api::toJson(info)); !written)
            return written;
        if (auto removed = removeTree(layer); !removed) // one that a power failure made doubtful
            return removed;
        if (::rename(working.c_str(), layer.c_str()) != 0)
            return systemFailure("store the unpacked " + label());
        return {};
    }
};

Result<OwnedFd> lockLayer(const ImageStore& store, const std::string& name)
{
    const auto path = store.root() / "ingest" / ("layer-" + name + ".lock");
    OwnedFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file)
        return systemFailure("open " + path.string());
    while (::flock(file.get(), LOCK_EX) != 0)
        if (errno != EINTR)
            return systemFailure("lock " + path.string());
    return file;
}

} // namespace

std::vector<Digest> chainIds(const std::vector<Digest>& diffIds)
{
    std::vector<Digest> chain;
    for (const auto& diffId : diffIds)
        chain.push_back(chain.empty() ? diffId : Digest::of(chain.back().toString() + " " + diffId.toString()));
    return chain;
}

Result<UnpackedLayers> ensureLayers(const ImageStore& store, const ResolvedImage& image, const UnpackLimits& limits, std::stop_token stop)
{
    UnpackedLayers layers;
    const auto chain = chainIds(image.config.diffIds);
    std::vector<fs::path> lower;
    for (std::size_t index = 0; index < chain.size(); ++index) {
        const auto layer = store.root() / "layers" / chain[index].hex();
        if (!layerUsable(layer)) {
            auto lock = lockLayer(store, chain[index].hex());
            if (!lock)
                return unexpected(lock.error());
            if (!layerUsable(layer)) { // nobody else made it while we waited
                LayerJob job {store, image, index, lower, limits, stop};
                if (auto published = job.publish(layer); !published)
                    return unexpected(published.error());
                layers.fresh.push_back(chain[index]);
            }
        }
        lower.push_back(layer / "fs");
    }
    layers.directories = std::move(lower);
    return layers;
}

void makeLayersDurable(const ImageStore& store, const std::vector<Digest>& chainIds)
{
    auto directory = openDirectory(store.root() / "layers");
    if (!directory || ::syncfs(directory->get()) != 0)
        return; // they stay usable until the next boot
    for (const auto& chainId : chainIds)
        OwnedFd(::open((store.root() / "layers" / chainId.hex() / "durable").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
}

Result<void> unpackInto(
    const ImageStore& store, const ResolvedImage& image, const fs::path& directory, const UnpackLimits& limits, std::stop_token stop)
{
    for (std::size_t index = 0; index < image.manifest.layers.size(); ++index) {
        LayerJob job {store, image, index, {}, limits, stop};
        if (auto statistics = job.unpack(directory, WhiteoutStyle::InPlace); !statistics)
            return unexpected(statistics.error());
    }
    return {};
}

} // namespace kates::runtime
