#include "engine/runtime/image/image_files.h"

#include <archive_entry.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

#include "engine/runtime/image/image_loader.h"
#include "engine/runtime/image/unpack/tar_stream.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kCopyBlockSizeBytes = 256u << 10;
constexpr int kLinkDepthMax = 8;

class DirectoryFiles : public ImageFiles {
public:
    DirectoryFiles(const BlobStore& blobs, OwnedFd directory) : m_blobs(blobs), m_directory(std::move(directory)) {}

    bool has(const std::string& name) const override { return bool(openInside(name)); }

    Result<Descriptor> import(const std::string& name) override
    {
        const auto file = openInside(name);
        if (!file)
            return systemFailure("open " + name + " of the image");
        auto writer = m_blobs.write(kLayerSizeMaxBytes);
        if (!writer)
            return unexpected(writer.error());
        std::vector<char> block(kCopyBlockSizeBytes);
        for (;;) {
            const auto size = ::read(file.get(), block.data(), block.size());
            if (size < 0)
                return systemFailure("read " + name + " of the image");
            if (size == 0)
                return writer->commit("");
            if (auto written = writer->write({block.data(), static_cast<std::size_t>(size)}); !written)
                return failure(name + " of the image: " + written.error().message);
        }
    }

private:
    OwnedFd openInside(const std::string& name) const
    {
        open_how how {.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
        return OwnedFd(static_cast<int>(::syscall(SYS_openat2, m_directory.get(), name.c_str(), &how, sizeof how)));
    }
    const BlobStore& m_blobs;
    OwnedFd m_directory;
};

std::string cleanName(std::string_view name)
{
    return fs::path(name).lexically_normal().relative_path().string();
}

class TarFiles : public ImageFiles {
public:
    explicit TarFiles(const BlobStore& blobs) : m_blobs(blobs) {}

    Result<void> readAll(int file)
    {
        Utf8Locale locale;
        TarStream stream(file, kImageArchiveSizeMaxBytes);
        if (auto opened = stream.open(); !opened)
            return failure("it is neither an image archive nor a directory with an image");
        archive_entry* entry = nullptr;
        int status = 0;
        std::int64_t entries = 0;
        while ((status = archive_read_next_header(stream.tar(), &entry)) != ARCHIVE_EOF) {
            if (status < ARCHIVE_WARN)
                return failure("the archive is not readable: " + stream.problem());
            if (++entries > kImageArchiveEntriesMax)
                return failure("the archive holds more than " + std::to_string(kImageArchiveEntriesMax) + " files");
            if (auto taken = take(stream, entry); !taken)
                return taken;
        }
        return {};
    }

    bool has(const std::string& name) const override { return find(name) != nullptr; }

    Result<Descriptor> import(const std::string& name) override
    {
        const auto* found = find(name);
        if (!found)
            return failure("the archive lacks the file " + name);
        return *found;
    }

private:
    Result<void> take(TarStream& stream, archive_entry* entry)
    {
        const char* rawName = archive_entry_pathname(entry);
        if (!rawName)
            return failure("the archive holds a file without a readable name");
        const auto name = cleanName(rawName);
        if (const char* target = archive_entry_hardlink(entry)) {
            m_links[name] = cleanName(target);
        } else if (const char* linked = archive_entry_symlink(entry)) {
            m_links[name] = cleanName((fs::path(name).parent_path() / linked).string());
        } else if (archive_entry_filetype(entry) == AE_IFREG) {
            auto copied = copy(stream);
            if (!copied)
                return failure(name + " in the archive: " + copied.error().message);
            m_files.insert_or_assign(name, *copied);
        }
        return {};
    }

    Result<Descriptor> copy(TarStream& stream)
    {
        auto writer = m_blobs.write(kLayerSizeMaxBytes);
        if (!writer)
            return unexpected(writer.error());
        const void* buffer = nullptr;
        std::size_t size = 0;
        la_int64_t offset = 0;
        int status = 0;
        while ((status = archive_read_data_block(stream.tar(), &buffer, &size, &offset)) != ARCHIVE_EOF) {
            if (status < ARCHIVE_WARN)
                return failure(stream.problem());
            if (offset != writer->size())
                return failure("it is sparse, which no part of an image is");
            if (auto written = writer->write({static_cast<const char*>(buffer), size}); !written)
                return unexpected(written.error());
        }
        return writer->commit("");
    }

    const Descriptor* find(std::string name) const
    {
        name = cleanName(name);
        for (int depth = 0; depth < kLinkDepthMax; ++depth) {
            if (const auto found = m_files.find(name); found != m_files.end())
                return &found->second;
            const auto link = m_links.find(name);
            if (link == m_links.end())
                return nullptr;
            name = link->second;
        }
        return nullptr;
    }

    const BlobStore& m_blobs;
    std::map<std::string, Descriptor> m_files;
    std::map<std::string, std::string> m_links;
};

} // namespace

Result<std::unique_ptr<ImageFiles>> openImageFiles(const BlobStore& blobs, const fs::path& path)
{
    OwnedFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return systemFailure("open " + path.string());
    std::error_code problem;
    if (fs::is_directory(path, problem))
        return std::make_unique<DirectoryFiles>(blobs, std::move(file));
    auto files = std::make_unique<TarFiles>(blobs);
    if (auto read = files->readAll(file.get()); !read)
        return failure(path.string() + ": " + read.error().message);
    return files;
}

} // namespace kates::runtime
