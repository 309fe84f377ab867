// Removing a node's containers without the runtime that made them.
#include <csignal>
#include <mntent.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/runtime/oci/host_features.h"
#include "engine/runtime/oci/oci_runtime.h"
#include "engine/runtime/oci/records.h"
#include "engine/runtime/oci/rootfs.h"
#include "engine/runtime/oci/runtime_paths.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPidFileSizeMaxBytes = 32;
constexpr int kDeathMaxMs = 5'000; // after SIGKILL

Result<void> killAndWait(const ProcessIdentity& process)
{
    const OwnedFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
    if (!pidfd || !process.alive())
        return {};
    ::syscall(SYS_pidfd_send_signal, pidfd.get(), SIGKILL, nullptr, 0);
    pollfd wait {.fd = pidfd.get(), .events = POLLIN};
    if (::poll(&wait, 1, kDeathMaxMs) != 1)
        return failure("the process " + std::to_string(process.pid) + " of a container does not end");
    return {};
}

// A start that was under way when the process died: its pids stand in conmon's files only. Known by its command line, not to be taken for another
// one.
std::vector<ProcessIdentity> unrecorded(const fs::path& bundle)
{
    const auto monitor = std::atoi(readFile(bundle / "conmon.pid", kPidFileSizeMaxBytes).value_or("0").c_str());
    const auto process = std::atoi(readFile(bundle / "pid", kPidFileSizeMaxBytes).value_or("0").c_str());
    const auto command = readFile("/proc/" + std::to_string(monitor) + "/cmdline").value_or(std::string());
    std::vector<ProcessIdentity> found;
    if (monitor > 0 && command.find(bundle.filename().string()) != std::string::npos)
        for (const int pid : {process, monitor})
            if (const auto identity = ProcessIdentity::of(pid); identity && pid > 0)
                found.push_back(*identity);
    return found;
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

Result<void> discardOciRuntime(const fs::path& directory, const std::string& cgroup)
{
    const RuntimePaths paths {directory};
    std::error_code problem;
    if (!fs::exists(directory, problem))
        return {};
    std::vector<std::string> containers;
    for (const auto& entry : fs::directory_iterator(paths.containers(), problem)) {
        containers.push_back(entry.path().filename());
        auto processes = unrecorded(entry.path());
        if (const auto record = loadContainerRecord(entry.path() / "container.json"))
            for (const auto& process : {record->process, record->monitor}) // the container first: its conmon ends by itself then
                if (process)
                    processes.push_back(*process);
        for (const auto& process : processes)
            if (auto killed = killAndWait(process); !killed)
                return killed;
    }
    const auto host = detectHostFeatures(cgroup);
    for (const auto& entry : fs::directory_iterator(paths.sandboxes(), problem))
        if (const auto sandbox = loadSandboxRecord(entry.path() / "sandbox.json"))
            for (const auto& id : containers) // most are not in this sandbox: nothing is there then
                removeCgroup(host, (fs::path(sandbox->config.cgroupParent) / id).string());
    for (const auto& path : mountsBelow(fs::weakly_canonical(directory, problem)))
        if (auto unmounted = unmount(path); !unmounted)
            return unmounted;
    return removeTree(directory);
}

} // namespace kates::runtime
