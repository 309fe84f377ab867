// The images of one user: blobs by content, names that point at them, and layers unpacked once. All local nodes share one directory, as several
// processes at once; `kates image load` is one more of them.
//
//   blobs/sha256/<hex>     manifests, configurations, layers as they came
//   names/<hash>           one file per name: {"name","mediaType","digest","size"}
//   layers/<chain id>/     an unpacked layer (see layer_store.h)
//   leases/<container id>  which layers a container has mounted
//   ingest/                what is not finished yet
//   lock                   held shared by whoever adds, exclusively by the garbage collector; `garbage` stands when there is work for it
//
// A name is written last: what it names is complete. Threads: any; what blocks says so.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/runtime/container_runtime.h"
#include "engine/runtime/image/blob_store.h"
#include "engine/runtime/image/manifest.h"
#include "engine/runtime/image/reference.h"

namespace kates::runtime {

// A manifest and its configuration, for this machine's architecture.
struct ResolvedImage {
    Digest digest; // of what was named: an index or a manifest
    ImageManifest manifest;
    ImageConfig config;
};

// The store's lock, as long as this lives.
class StoreLock {
public:
    explicit StoreLock(OwnedFd file) : m_file(std::move(file)) {}

private:
    OwnedFd m_file;
};

class ImageStore {
public:
    // Makes what is missing, mode 0700, and clears away what a crash left.
    [[nodiscard]] static Result<std::shared_ptr<ImageStore>> open(std::filesystem::path root);

    const std::filesystem::path& root() const { return m_root; }
    const BlobStore& blobs() const { return m_blobs; }

    std::optional<ImageStatus> image(std::string_view reference) const; // a name, or a digest alone
    std::vector<ImageStatus> images() const;
    // The documents behind a digest, or why they are unusable.
    [[nodiscard]] Result<ResolvedImage> resolve(const Digest& digest) const;

    [[nodiscard]] Result<void> setName(const ImageReference& reference, const Descriptor& target);
    // A name; or by digest every name of that image. What is not needed any more goes with collectGarbage().
    [[nodiscard]] Result<void> removeName(std::string_view reference);

    // Blocks while the garbage collector works. Whoever adds blobs, names or leases holds it from before the first one until the name or lease
    // stands.
    [[nodiscard]] Result<StoreLock> lockShared() const;
    [[nodiscard]] std::optional<StoreLock> tryLockExclusive() const;
    // What a container uses is kept as long as `directory` exists and the lease is not removed. Under lockShared().
    [[nodiscard]] Result<void> addLease(const std::string& containerId, const std::filesystem::path& directory, const ResolvedImage& image) const;
    void removeLease(const std::string& containerId) const;
    void noteGarbage() const;

private:
    friend class GarbageCollector;
    struct NamedImage {
        std::string name;
        Descriptor target;
    };
    explicit ImageStore(std::filesystem::path root) : m_root(std::move(root)), m_blobs(m_root) {}
    std::filesystem::path namePath(const std::string& name) const;
    std::vector<NamedImage> names() const;
    std::optional<ImageStatus> status(const Descriptor& target, const std::vector<NamedImage>& names) const;

    std::filesystem::path m_root;
    BlobStore m_blobs;
};

// Blocks. Removes blobs and layers that no name and no lease needs. Says whether it ran: not when somebody is adding; then whoever ends last runs it.
bool collectGarbage(const ImageStore& store);

} // namespace kates::runtime
