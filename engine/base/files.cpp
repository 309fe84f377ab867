#include "engine/base/files.h"

#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kates {

void OwnedFd::reset()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

Result<std::string> readFile(const std::filesystem::path& path, std::size_t sizeMaxBytes)
{
    OwnedFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd)
        return systemFailure("read " + path.string());
    std::string content;
    char buffer[65536];
    for (;;) {
        ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemFailure("read " + path.string());
        if (got == 0)
            return content;
        if (content.size() + static_cast<std::size_t>(got) > sizeMaxBytes)
            return tl::unexpected(Error{path.string() + " is larger than " + std::to_string(sizeMaxBytes) + " bytes", EFBIG});
        content.append(buffer, static_cast<std::size_t>(got));
    }
}

namespace {

Result<void> writeAll(int fd, std::string_view content, const std::string& name)
{
    while (!content.empty()) {
        ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemFailure("write " + name);
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> syncDirectory(const std::filesystem::path& directory)
{
    OwnedFd fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0)
        return systemFailure("sync " + directory.string());
    return {};
}

} // namespace

Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content, int mode)
{
    std::string temporary = path.string() + ".XXXXXX";
    OwnedFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd)
        return systemFailure("write " + path.string());
    auto written = writeAll(fd.get(), content, path.string());
    if (written && (::fchmod(fd.get(), static_cast<mode_t>(mode)) != 0 || ::fsync(fd.get()) != 0))
        written = systemFailure("write " + path.string());
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0)
        written = systemFailure("write " + path.string());
    if (!written) {
        ::unlink(temporary.c_str());
        return written;
    }
    auto parent = path.parent_path();
    return syncDirectory(parent.empty() ? std::filesystem::path(".") : parent);
}

Result<void> makeDirectories(const std::filesystem::path& path, int mode)
{
    std::filesystem::path built;
    for (const auto& part : path) {
        built /= part;
        if (built.empty() || built == "/")
            continue;
        if (::mkdir(built.c_str(), static_cast<mode_t>(mode)) != 0 && errno != EEXIST)
            return systemFailure("make the directory " + built.string());
    }
    return {};
}

Result<void> removeTree(const std::filesystem::path& path)
{
    std::error_code problem;
    std::filesystem::remove_all(path, problem);
    if (problem)
        return systemFailure("remove " + path.string(), problem.value());
    return {};
}

Result<TemporaryDirectory> TemporaryDirectory::create(const std::string& prefix)
{
    const char* base = std::getenv("TMPDIR");
    std::string name = std::string(base && *base ? base : "/tmp") + "/" + prefix + ".XXXXXX";
    if (!::mkdtemp(name.data()))
        return systemFailure("make a temporary directory " + name);
    return TemporaryDirectory(name);
}

TemporaryDirectory::~TemporaryDirectory()
{
    if (!m_path.empty())
        (void)removeTree(m_path);
}

} // namespace kates
