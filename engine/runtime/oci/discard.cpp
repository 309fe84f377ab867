// Removing a node's containers without the runtime that made them.
#include <csignal>
#include <mntent.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/runtime/oci/oci_runtime.h"
#include "engine/runtime/oci/records.h"
#include "engine/runtime/oci/rootfs.h"
#include "engine/runtime/oci/runtime_paths.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {

constexpr int kDeathMaxMs = 5'000; // after SIGKILL

Result<void> killAndWait(const std::optional<ProcessIdentity>& process)
{
    if (!process)
        return {};
    const OwnedFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, process->pid, 0)));
    if (!pidfd || !process->alive())
        return {};
    ::syscall(SYS_pidfd_send_signal, pidfd.get(), SIGKILL, nullptr, 0);
    pollfd wait {.fd = pidfd.get(), .events = POLLIN};
    if (::poll(&wait, 1, kDeathMaxMs) != 1)
        return failure("the process " + std::to_string(process->pid) + " of a container does not end");
    return {};
}

// The innermost first: one may be mounted on another.
std::vector<std::string> mountsBelow(const fs::path& directory)
{
    std::vector<std::string> paths;
    FILE* table = ::setmntent("/proc/self/mounts", "r");
    while (const auto* entry = table ? ::getmntent(table) : nullptr)
        if (std::string_view(entry->mnt_dir).starts_with(directory.string() + "/"))
            paths.insert(paths.begin(), entry->mnt_dir);
    if (table)
        ::endmntent(table);
    return paths;
}

} // namespace

Result<void> discardOciRuntime(const fs::path& directory)
{
    const RuntimePaths paths {directory};
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(paths.containers(), problem)) {
        const auto record = loadContainerRecord(entry.path() / "container.json");
        if (!record)
            continue; // it was never started
        // The container first: its conmon ends by itself then.
        for (const auto& process : {record->process, record->monitor})
            if (auto killed = killAndWait(process); !killed)
                return killed;
    }
    for (const auto& path : mountsBelow(fs::weakly_canonical(directory, problem)))
        if (auto unmounted = unmount(path); !unmounted)
            return unmounted;
    return removeTree(directory);
}

} // namespace kates::runtime
