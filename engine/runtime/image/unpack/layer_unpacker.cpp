#include "engine/runtime/image/unpack/layer_unpacker.h"

#include <archive_entry.h>
#include <sched.h>
#include <thread>
#include <unistd.h>

#include "engine/runtime/image/unpack/tar_stream.h"

namespace kates::runtime {

namespace {

constexpr std::string_view kWhiteoutPrefix = ".wh.";
constexpr std::string_view kOpaqueMarker = ".wh..wh..opq";
constexpr std::string_view kWhiteoutMetaPrefix = ".wh..wh."; // other markers of aufs: without meaning here
constexpr std::size_t kAttributeSizeMaxBytes = 64u << 10;
constexpr int kDiskFlags = ARCHIVE_EXTRACT_OWNER | ARCHIVE_EXTRACT_PERM | ARCHIVE_EXTRACT_TIME | ARCHIVE_EXTRACT_XATTR
    | ARCHIVE_EXTRACT_SECURE_SYMLINKS | ARCHIVE_EXTRACT_SECURE_NODOTDOT | ARCHIVE_EXTRACT_SECURE_NOABSOLUTEPATHS;

struct ArchiveWriteDeleter {
    void operator()(archive* handle) const { archive_write_free(handle); }
};
using ArchiveWriter = std::unique_ptr<archive, ArchiveWriteDeleter>;

// Attributes of overlayfs and of the security modules would let a layer speak to the host's kernel.
bool attributeAllowed(std::string_view name)
{
    if (name == "security.capability")
        return true;
    return name.starts_with("user.") && !name.starts_with("user.overlay.") && !name.starts_with("user.fuseoverlayfs.");
}

void filterAttributes(archive_entry* entry)
{
    if (archive_entry_xattr_count(entry) == 0)
        return;
    std::vector<std::pair<std::string, std::string>> kept;
    archive_entry_xattr_reset(entry);
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    while (archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK)
        if (attributeAllowed(name) && size <= kAttributeSizeMaxBytes)
            kept.emplace_back(name, std::string(static_cast<const char*>(value), size));
    archive_entry_xattr_clear(entry);
    for (const auto& [keptName, keptValue] : kept)
        archive_entry_xattr_add_entry(entry, keptName.c_str(), keptValue.data(), keptValue.size());
}

class Unpacker {
public:
    Unpacker(int blob, const UnpackTarget& target, const UnpackLimits& limits, std::stop_token stop)
        : m_tree(target.root, target.lower, target.whiteouts), m_source(blob, limits.bytesMax), m_disk(archive_write_disk_new()), m_limits(limits),
          m_stop(std::move(stop))
    {
        archive_write_disk_set_options(m_disk.get(), kDiskFlags);
    }

    Result<UnpackStatistics> run(const Digest& diffId)
    {
        if (auto opened = m_source.open(); !opened)
            return unexpected(opened.error());
        archive_entry* entry = nullptr;
        int status = 0;
        while ((status = archive_read_next_header(m_source.tar(), &entry)) != ARCHIVE_EOF) {
            if (status < ARCHIVE_WARN)
                return failure("the layer is not readable: " + m_source.problem());
            if (auto done = unpackEntry(entry); !done)
                return unexpected(done.error());
        }
        auto digest = m_source.finish();
        if (!digest)
            return failure("the layer is not readable: " + digest.error().message);
        if (*digest != diffId)
            return failure("the layer's content is " + digest->toString() + ", but the image's configuration promises " + diffId.toString());
        // Directories get their times and modes now.
        if (archive_write_close(m_disk.get()) < ARCHIVE_WARN)
            return failure("finish the layer: " + archiveProblem(m_disk.get()));
        return m_statistics;
    }

private:
    Result<void> unpackEntry(archive_entry* entry)
    {
        if (m_stop.stop_requested())
            return failure("unpacking was interrupted");
        const char* rawName = archive_entry_pathname(entry);
        if (!rawName)
            return failure("the layer holds an entry without a readable name");
        const std::string name = rawName;
        if (++m_statistics.entries > m_limits.entriesMax)
            return failure("the layer holds more than " + std::to_string(m_limits.entriesMax) + " entries");
        m_statistics.bytes += std::max<std::int64_t>(0, archive_entry_size(entry));
        if (m_statistics.bytes > m_limits.bytesMax)
            return failure("the files of the layer are larger than " + std::to_string(m_limits.bytesMax) + " bytes in all");
        const auto path = m_tree.place(name);
        if (!path)
            return unexpected(path.error());
        const auto slash = path->rfind('/');
        const std::string_view base = slash == std::string::npos ? std::string_view(*path) : std::string_view(*path).substr(slash + 1);
        if (base.starts_with(kWhiteoutPrefix))
            return whiteout(slash == std::string::npos ? std::string() : path->substr(0, slash), base);
        return create(entry, *path);
    }

    Result<void> whiteout(const std::string& directory, std::string_view base)
    {
        if (base == kOpaqueMarker)
            return m_tree.makeOpaque(directory.empty() ? "." : directory);
        if (base.starts_with(kWhiteoutMetaPrefix))
            return {};
        const auto deleted = base.substr(kWhiteoutPrefix.size());
        if (deleted.empty() || deleted == "." || deleted == "..")
            return failure("the layer holds the deletion marker \"" + std::string(base) + "\", which names nothing that can be deleted");
        return m_tree.removeBelow((directory.empty() ? "" : directory + "/") + std::string(deleted));
    }

    Result<void> create(archive_entry* entry, const std::string& path)
    {
        const bool directory = archive_entry_filetype(entry) == AE_IFDIR && !archive_entry_hardlink(entry);
        if (path == "." && !directory)
            return failure("the layer replaces its own root directory by something else");
        if (path != ".")
            if (auto free = m_tree.makeWay(path, directory); !free)
                return free;
        archive_entry_copy_pathname(entry, path.c_str());
        if (const char* linked = archive_entry_hardlink(entry)) {
            const auto source = m_tree.place(linked);
            if (!source)
                return unexpected(source.error());
            archive_entry_copy_hardlink(entry, source->c_str());
        }
        filterAttributes(entry);
        const int status = archive_write_header(m_disk.get(), entry);
        if (status < ARCHIVE_WARN) {
            const bool device = archive_entry_filetype(entry) == AE_IFCHR || archive_entry_filetype(entry) == AE_IFBLK;
            if (!device || (archive_errno(m_disk.get()) != EPERM && archive_errno(m_disk.get()) != EACCES))
                return tl::unexpected(Error {"unpack " + path + ": " + archiveProblem(m_disk.get()), archive_errno(m_disk.get())});
            ++m_statistics.devicesSkipped;
            return {};
        }
        if (auto copied = copyContent(path); !copied)
            return copied;
        if (archive_write_finish_entry(m_disk.get()) < ARCHIVE_WARN)
            return tl::unexpected(Error {"unpack " + path + ": " + archiveProblem(m_disk.get()), archive_errno(m_disk.get())});
        return directory ? m_tree.finishDirectory(path) : Result<void>();
    }

    Result<void> copyContent(const std::string& path)
    {
        const void* buffer = nullptr;
        std::size_t size = 0;
        la_int64_t offset = 0;
        int status = 0;
        while ((status = archive_read_data_block(m_source.tar(), &buffer, &size, &offset)) != ARCHIVE_EOF) {
            if (status < ARCHIVE_WARN)
                return failure("the layer is not readable at " + path + ": " + m_source.problem());
            if (size > 0 && archive_write_data_block(m_disk.get(), buffer, size, offset) < ARCHIVE_WARN)
                return tl::unexpected(Error {"unpack " + path + ": " + archiveProblem(m_disk.get()), archive_errno(m_disk.get())});
            if (m_stop.stop_requested())
                return failure("unpacking was interrupted");
        }
        return {};
    }

    LayerTree m_tree;
    TarStream m_source;
    ArchiveWriter m_disk;
    UnpackLimits m_limits;
    std::stop_token m_stop;
    UnpackStatistics m_statistics;
};

// libarchive writes relative to the working directory; that and the root belong to this thread alone after CLONE_FS.
Result<void> enterRoot(int root)
{
    if (::unshare(CLONE_FS) != 0 || ::fchdir(root) != 0)
        return systemFailure("enter the directory of the layer");
    if (::chroot(".") != 0 && errno != EPERM)
        return systemFailure("confine unpacking to the directory of the layer");
    ::umask(0);
    return {};
}

} // namespace

Result<UnpackStatistics> unpackLayer(int blob, const Digest& diffId, const UnpackTarget& target, const UnpackLimits& limits, std::stop_token stop)
{
    std::optional<Result<UnpackStatistics>> result;
    std::thread worker([&] {
        Utf8Locale locale; // before the root changes: it may read a file
        if (auto entered = enterRoot(target.root); !entered) {
            result.emplace(unexpected(entered.error()));
            return;
        }
        Unpacker unpacker(blob, target, limits, std::move(stop));
        result.emplace(unpacker.run(diffId));
    });
    worker.join();
    return std::move(*result);
}

} // namespace kates::runtime
