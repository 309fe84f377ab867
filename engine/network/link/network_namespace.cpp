#include "engine/network/link/network_namespace.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "engine/network/link/route_socket.h"

namespace kates::network {

bool isNetworkNamespace(const std::filesystem::path& path)
{
    struct statfs info = {};
    return ::statfs(path.c_str(), &info) == 0 && info.f_type == NSFS_MAGIC;
}

Result<OwnedFd> openNetworkNamespace(const std::filesystem::path& path)
{
    OwnedFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd)
        return systemFailure("open the network namespace " + path.string());
    return fd;
}

Result<void> removeNetworkNamespace(const std::filesystem::path& path)
{
    while (isNetworkNamespace(path))
        if (::umount2(path.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW) != 0)
            return systemFailure("unmount the network namespace " + path.string());
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return systemFailure("remove " + path.string());
    return {};
}

Result<void> enterNetworkNamespace(const std::filesystem::path& path)
{
    auto fd = openNetworkNamespace(path);
    if (!fd)
        return tl::unexpected(fd.error());
    if (::setns(fd->get(), CLONE_NEWNET) != 0)
        return systemFailure("enter the network namespace " + path.string());
    return {};
}

Result<void> enterNewNetworkNamespace(const std::filesystem::path& path)
{
    if (::unshare(CLONE_NEWNET) != 0)
        return systemFailure("make a network namespace");
    OwnedFd file(::open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file)
        return systemFailure("make " + path.string());
    if (::mount("/proc/thread-self/ns/net", path.c_str(), nullptr, MS_BIND, nullptr) != 0)
        return systemFailure("mount the network namespace on " + path.string());
    auto socket = RouteSocket::open();
    if (!socket)
        return tl::unexpected(socket.error());
    constexpr int kLoopbackIndex = 1; // always the first link of a namespace
    return socket->setUp(kLoopbackIndex);
}

Result<void> setSysctl(const std::string& name, const std::string& value)
{
    const auto path = "/proc/sys/net/" + name;
    OwnedFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!fd || ::write(fd.get(), value.data(), value.size()) != static_cast<ssize_t>(value.size()))
        return systemFailure("write " + path);
    return {};
}

} // namespace kates::network
