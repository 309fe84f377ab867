#include "engine/runtime/image/blob_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/random.h"

namespace kates::runtime {

namespace fs = std::filesystem;

BlobWriter::BlobWriter(fs::path directory, fs::path temporary, OwnedFd file, std::int64_t sizeMaxBytes)
    : m_directory(std::move(directory)), m_temporary(std::move(temporary)), m_file(std::move(file)), m_sizeMaxBytes(sizeMaxBytes)
{
}

BlobWriter::~BlobWriter()
{
    if (m_file)
        ::unlink(m_temporary.c_str());
}

Result<void> BlobWriter::write(std::string_view bytes)
{
    m_size += static_cast<std::int64_t>(bytes.size());
    if (m_size > m_sizeMaxBytes)
        return failure("more than the expected " + std::to_string(m_sizeMaxBytes) + " bytes came");
    m_sum.update(bytes);
    while (!bytes.empty()) {
        const auto written = ::write(m_file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemFailure("write to the image store " + m_directory.string());
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> BlobWriter::commit(const Descriptor& expected)
{
    if (m_size != expected.size)
        return failure("the content of " + expected.digest.toString() + " is " + std::to_string(m_size) + " bytes long, not "
            + std::to_string(expected.size) + " as announced");
    const auto digest = m_sum.finish();
    if (digest != expected.digest)
        return failure("the content does not match its digest: " + expected.digest.toString() + " was announced, " + digest.toString() + " came");
    return publish(digest);
}

Result<Descriptor> BlobWriter::commit(std::string mediaType)
{
    Descriptor descriptor {std::move(mediaType), m_sum.finish(), m_size};
    if (auto done = publish(descriptor.digest); !done)
        return unexpected(done.error());
    return descriptor;
}

Result<void> BlobWriter::publish(const Digest& digest)
{
    const auto target = m_directory / "blobs/sha256" / digest.hex();
    if (::rename(m_temporary.c_str(), target.c_str()) != 0)
        return systemFailure("store " + target.string());
    m_file.reset();
    return {};
}

bool BlobStore::has(const Descriptor& descriptor) const
{
    struct stat info {};
    return ::stat(path(descriptor.digest).c_str(), &info) == 0 && S_ISREG(info.st_mode) && info.st_size == descriptor.size;
}

Result<OwnedFd> BlobStore::open(const Digest& digest) const
{
    OwnedFd file(::open(path(digest).c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return systemFailure("read " + digest.toString() + " from the image store");
    return file;
}

Result<std::string> BlobStore::read(const Digest& digest, std::size_t sizeMaxBytes) const
{
    auto content = readFile(path(digest), sizeMaxBytes);
    if (content && Digest::of(*content) != digest)
        return failure("the stored content of " + digest.toString() + " is damaged: remove the image and pull it again");
    return content;
}

Result<BlobWriter> BlobStore::write(std::int64_t sizeMaxBytes) const
{
    const auto temporary = m_root / "ingest" / ("blob-" + makeSystemRandom()->hex(12));
    OwnedFd file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file)
        return systemFailure("create " + temporary.string());
    return BlobWriter(m_root, temporary, std::move(file), sizeMaxBytes);
}

Result<Descriptor> BlobStore::put(std::string_view content, std::string mediaType) const
{
    auto writer = write(static_cast<std::int64_t>(content.size()));
    if (!writer)
        return unexpected(writer.error());
    if (auto written = writer->write(content); !written)
        return unexpected(written.error());
    return writer->commit(std::move(mediaType));
}

void BlobStore::remove(const Digest& digest) const
{
    ::unlink(path(digest).c_str());
}

std::vector<Digest> BlobStore::list() const
{
    std::vector<Digest> digests;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(m_root / "blobs/sha256", problem))
        if (auto digest = Digest::parse("sha256:" + entry.path().filename().string()))
            digests.push_back(*digest);
    return digests;
}

} // namespace kates::runtime
