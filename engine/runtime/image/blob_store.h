// Content-addressed files: blobs/sha256/<hex>, laid out as in an OCI image layout. Several processes and threads use one directory at once.
//
// A blob appears by rename only when all its bytes are there and hash to its name. Readers of small blobs verify the digest again and layers are
// verified while they are unpacked, so that a blob that a power failure tore is noticed, not used: no fsync is needed.
#pragma once

#include <filesystem>
#include <optional>

#include "engine/base/files.h"
#include "engine/runtime/image/digest.h"
#include "engine/runtime/image/manifest.h"

namespace kates::runtime {

class BlobWriter {
public:
    BlobWriter(BlobWriter&&) noexcept = default;
    BlobWriter& operator=(BlobWriter&&) = delete;
    ~BlobWriter(); // what was not committed is removed

    // Fails when more than sizeMaxBytes came in all, or the disk is full.
    [[nodiscard]] Result<void> write(std::string_view bytes);
    // `expected`: the content has to have this digest and size.
    [[nodiscard]] Result<void> commit(const Descriptor& expected);
    // The content decides.
    [[nodiscard]] Result<Descriptor> commit(std::string mediaType);
    std::int64_t size() const { return m_size; }

private:
    friend class BlobStore;
    BlobWriter(std::filesystem::path directory, std::filesystem::path temporary, OwnedFd file, std::int64_t sizeMaxBytes);
    Result<void> publish(const Digest& digest);
    std::filesystem::path m_directory, m_temporary;
    OwnedFd m_file;
    Sha256 m_sum;
    std::int64_t m_size = 0, m_sizeMaxBytes = 0;
};

class BlobStore {
public:
    // `root` has been made by ImageStore::open.
    explicit BlobStore(std::filesystem::path root) : m_root(std::move(root)) {}
    bool has(const Descriptor& descriptor) const; // with this size
    [[nodiscard]] Result<OwnedFd> open(const Digest& digest) const;
    // Verified.
    [[nodiscard]] Result<std::string> read(const Digest& digest, std::size_t sizeMaxBytes) const;
    [[nodiscard]] Result<BlobWriter> write(std::int64_t sizeMaxBytes) const;
    [[nodiscard]] Result<Descriptor> put(std::string_view content, std::string mediaType) const;
    void remove(const Digest& digest) const;
    std::vector<Digest> list() const;
    std::filesystem::path path(const Digest& digest) const { return m_root / "blobs/sha256" / digest.hex(); }

private:
    std::filesystem::path m_root;
};

} // namespace kates::runtime
