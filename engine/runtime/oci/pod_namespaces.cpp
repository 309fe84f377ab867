#include "engine/runtime/oci/pod_namespaces.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/vfs.h>
#include <thread>

#include "engine/base/files.h"

namespace kates::runtime {

namespace {
constexpr const char* kShmOptions = "mode=1777,size=65536k"; // as everywhere
}

Result<void> makeIpcNamespace(const std::filesystem::path& path)
{
    const OwnedFd file(::open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0600));
    if (!file)
        return systemFailure("create " + path.string());
    Result<void> result;
    std::thread thread([&] { // the namespace is the thread's; the mount outlives it
        if (::unshare(CLONE_NEWIPC) != 0)
            result = systemFailure("make an IPC namespace");
        else if (::mount("/proc/thread-self/ns/ipc", path.c_str(), nullptr, MS_BIND, nullptr) != 0)
            result = systemFailure("keep the pod's IPC namespace at " + path.string());
    });
    thread.join();
    return result;
}

Result<void> mountShm(const std::filesystem::path& path)
{
    if (auto made = makeDirectories(path, 0755); !made)
        return made;
    if (::mount("shm", path.c_str(), "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, kShmOptions) != 0)
        return systemFailure("mount the pod's /dev/shm at " + path.string());
    return {};
}

bool isNamespaceFile(const std::filesystem::path& path)
{
    struct statfs info {};
    return ::statfs(path.c_str(), &info) == 0 && static_cast<unsigned long>(info.f_type) == NSFS_MAGIC;
}

} // namespace kates::runtime
