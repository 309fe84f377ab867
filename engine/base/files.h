// Files: whole reads with a bound, atomic durable writes, owned descriptors.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/result.h"

namespace kates {

class OwnedFd {
public:
    OwnedFd() = default;
    explicit OwnedFd(int fd) : m_fd(fd) {}
    OwnedFd(OwnedFd&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    OwnedFd& operator=(OwnedFd&& other) noexcept
    {
        if (this != &other) {
            reset();
            m_fd = std::exchange(other.m_fd, -1);
        }
        return *this;
    }
    ~OwnedFd() { reset(); }
    int get() const { return m_fd; }
    int release() { return std::exchange(m_fd, -1); }
    void reset();
    explicit operator bool() const { return m_fd >= 0; }

private:
    int m_fd = -1;
};

constexpr std::size_t kFileSizeMaxBytes = 64u << 20;

[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path, std::size_t sizeMaxBytes = kFileSizeMaxBytes);
// Written beside the target, fsynced, renamed over it, directory fsynced: after success the new content survives a crash, before it
// the old content stands.
[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content, int mode = 0644);
// Creates missing parents too, each with `mode`.
[[nodiscard]] Result<void> makeDirectories(const std::filesystem::path& path, int mode = 0700);
[[nodiscard]] Result<void> removeTree(const std::filesystem::path& path);

// A directory that is removed with its content when this object goes.
class TemporaryDirectory {
public:
    [[nodiscard]] static Result<TemporaryDirectory> create(const std::string& prefix = "kates");
    TemporaryDirectory(TemporaryDirectory&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    TemporaryDirectory& operator=(TemporaryDirectory&&) = delete;
    ~TemporaryDirectory();
    const std::filesystem::path& path() const { return m_path; }

private:
    explicit TemporaryDirectory(std::filesystem::path path) : m_path(std::move(path)) {}
    std::filesystem::path m_path;
};

} // namespace kates
