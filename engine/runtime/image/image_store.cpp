#include "engine/runtime/image/image_store.h"

#include <fcntl.h>
#include <set>
#include <sys/file.h>
#include <unistd.h>

#include "engine/api/json.h"
#include "engine/runtime/image/layer_store.h"

namespace kates::runtime {

namespace fs = std::filesystem;
using api::Value;

namespace {
constexpr std::size_t kNameFileSizeMaxBytes = 16u << 10;
constexpr std::size_t kNamesMax = 10'000;
} // namespace

Result<std::shared_ptr<ImageStore>> ImageStore::open(fs::path root)
{
    for (const char* part : {"blobs/sha256", "names", "layers", "leases", "ingest"})
        if (auto made = makeDirectories(root / part); !made)
            return unexpected(made.error());
    std::shared_ptr<ImageStore> store(new ImageStore(std::move(root)));
    std::error_code problem;
    if (!fs::is_empty(store->m_root / "ingest", problem))
        store->noteGarbage();
    return store;
}

fs::path ImageStore::namePath(const std::string& name) const
{
    return m_root / "names" / Digest::of(name).hex(); // a name may be longer than a file name can be
}

Result<void> ImageStore::setName(const ImageReference& reference, const Descriptor& target)
{
    const auto name = reference.toString();
    const Value content
        = Value::object({{"name", name}, {"mediaType", target.mediaType}, {"digest", target.digest.toString()}, {"size", target.size}});
    return writeFileAtomically(namePath(name), api::toJson(content), 0600);
}

std::vector<ImageStore::NamedImage> ImageStore::names() const
{
    std::vector<NamedImage> all;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(m_root / "names", problem)) {
        const auto content = readFile(entry.path(), kNameFileSizeMaxBytes);
        const auto value = content ? api::parseJson(*content) : unexpected(content.error());
        const auto digest = value ? Digest::parse(value->str("digest")) : unexpected(value.error());
        if (!digest || all.size() >= kNamesMax)
            continue; // half removed by another process, or written by somebody else
        all.push_back({std::string(value->str("name")), {std::string(value->str("mediaType")), *digest, value->get("size").asInt()}});
    }
    return all;
}

Result<ResolvedImage> ImageStore::resolve(const Digest& digest) const
{
    auto document = m_blobs.read(digest, kManifestSizeMaxBytes);
    if (document && isIndexType(documentType(*document))) {
        const auto entries = parseIndex(*document);
        if (!entries)
            return unexpected(entries.error());
        const auto chosen = choosePlatform(*entries, machineArchitecture());
        if (!chosen)
            return unexpected(chosen.error());
        document = m_blobs.read(chosen->digest, kManifestSizeMaxBytes);
    }
    if (!document)
        return unexpected(document.error());
    auto manifest = parseManifest(*document);
    if (!manifest)
        return unexpected(manifest.error());
    const auto configText = m_blobs.read(manifest->config.digest, kImageConfigSizeMaxBytes);
    if (!configText)
        return unexpected(configText.error());
    auto config = parseImageConfig(*configText);
    if (!config)
        return unexpected(config.error());
    if (config->diffIds.size() != manifest->layers.size())
        return failure("the image's configuration speaks of " + std::to_string(config->diffIds.size()) + " layers, its manifest of "
            + std::to_string(manifest->layers.size()));
    return ResolvedImage {digest, std::move(*manifest), std::move(*config)};
}

std::optional<ImageStatus> ImageStore::status(const Descriptor& target, const std::vector<NamedImage>& names) const
{
    const auto resolved = resolve(target.digest);
    if (!resolved)
        return std::nullopt;
    ImageStatus status {.digest = target.digest.toString(), .sizeBytes = target.size + resolved->manifest.config.size, .user = resolved->config.user,
        .entrypoint = resolved->config.entrypoint, .command = resolved->config.command, .environment = resolved->config.environment,
        .workingDirectory = resolved->config.workingDirectory};
    for (const auto& layer : resolved->manifest.layers)
        status.sizeBytes += layer.size;
    std::set<std::string> repoDigests;
    for (const auto& named : names) {
        const auto reference = ImageReference::parse(named.name);
        if (!reference || named.target.digest != target.digest)
            continue;
        if (!reference->digest)
            status.names.push_back(named.name);
        repoDigests.insert(reference->repository() + "@" + status.digest);
    }
    status.repoDigests.assign(repoDigests.begin(), repoDigests.end());
    return status;
}

std::optional<ImageStatus> ImageStore::image(std::string_view reference) const
{
    const auto all = names();
    const auto digest = Digest::parse(reference);
    const auto parsed = digest ? failure("") : ImageReference::parse(reference);
    for (const auto& named : all) {
        bool match = digest && named.target.digest == *digest;
        if (parsed && parsed->digest) // any name of the same repository will do
            match = named.target.digest == *parsed->digest && named.name.starts_with(parsed->repository())
                && named.name.find_first_of(":@", parsed->domain.size() + 1) == parsed->repository().size();
        else if (parsed)
            match = named.name == parsed->toString();
        if (match)
            return status(named.target, all);
    }
    return std::nullopt;
}

std::vector<ImageStatus> ImageStore::images() const
{
    const auto all = names();
    std::set<Digest> seen;
    std::vector<ImageStatus> images;
    for (const auto& named : all)
        if (seen.insert(named.target.digest).second)
            if (auto found = status(named.target, all))
                images.push_back(std::move(*found));
    return images;
}

Result<void> ImageStore::removeName(std::string_view reference)
{
    const auto digest = Digest::parse(reference);
    const auto parsed = ImageReference::parse(reference);
    if (!digest && !parsed)
        return unexpected(parsed.error());
    for (const auto& named : names())
        if (digest ? named.target.digest == *digest : named.name == parsed->toString())
            if (::unlink(namePath(named.name).c_str()) != 0 && errno != ENOENT)
                return systemFailure("remove the name " + named.name);
    noteGarbage();
    return {};
}

Result<StoreLock> ImageStore::lockShared() const
{
    OwnedFd file(::open((m_root / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file)
        return systemFailure("open the lock of the image store " + m_root.string());
    while (::flock(file.get(), LOCK_SH) != 0)
        if (errno != EINTR)
            return systemFailure("lock the image store " + m_root.string());
    return StoreLock(std::move(file));
}

std::optional<StoreLock> ImageStore::tryLockExclusive() const
{
    OwnedFd file(::open((m_root / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
        return std::nullopt;
    return StoreLock(std::move(file));
}

Result<void> ImageStore::addLease(const std::string& containerId, const fs::path& directory, const ResolvedImage& image) const
{
    Value layers = Value::array();
    for (const auto& chainId : chainIds(image.config.diffIds))
        layers.push(chainId.hex());
    const Value lease = Value::object({{"directory", directory.string()}, {"image", image.digest.toString()}, {"layers", layers}});
    return writeFileAtomically(m_root / "leases" / containerId, api::toJson(lease), 0600);
}

void ImageStore::removeLease(const std::string& containerId) const
{
    ::unlink((m_root / "leases" / containerId).c_str());
}

void ImageStore::noteGarbage() const
{
    const OwnedFd flag(::open((m_root / "garbage").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}

} // namespace kates::runtime
