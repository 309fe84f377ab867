#include "engine/runtime/oci/host_features.h"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <linux/magic.h>
#include <sstream>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/runtime/oci/capabilities.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {

const fs::path kCgroupMount = "/sys/fs/cgroup";
constexpr const char* kControllers[] = {"cpu", "memory", "pids"};
constexpr std::int64_t kAllIds = 0xffffffff;

std::vector<IdRange> readRanges(const char* path)
{
    std::vector<IdRange> ranges;
    std::istringstream lines(readFile(path).value_or(std::string()));
    std::int64_t inside = 0, outside = 0, count = 0;
    while (lines >> inside >> outside >> count)
        ranges.push_back({inside, count});
    return ranges;
}

// Our own cgroup of version 2, from the line "0::<path>".
std::string ownCgroup()
{
    std::istringstream lines(readFile("/proc/self/cgroup").value_or(std::string()));
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("0::"))
            return line.substr(3);
    return {};
}

bool canMake(const fs::path& directory)
{
    std::error_code problem;
    fs::create_directories(directory, problem);
    return !problem && ::access((directory / "cgroup.procs").c_str(), W_OK) == 0;
}

// A process may not be in a cgroup that has children with controllers, so containers go beside our own one, not below it.
std::string chooseV2Root(const std::string& wanted, bool userNamespace)
{
    if (!wanted.empty())
        return wanted;
    if (!userNamespace)
        return "/kates";
    const auto parent = fs::path(ownCgroup()).parent_path();
    return parent == "/" || parent.empty() ? std::string() : (parent / "kates").string();
}

bool enableControllers(const fs::path& parent)
{
    const auto offered = readFile(parent / "cgroup.controllers").value_or(std::string());
    bool all = true;
    for (const auto* controller : kControllers) {
        const bool known = (" " + offered).find(std::string(" ") + controller) != std::string::npos;
        const OwnedFd file(::open((parent / "cgroup.subtree_control").c_str(), O_WRONLY | O_CLOEXEC));
        const std::string text = std::string("+") + controller;
        all = known && file && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) && all;
    }
    return all;
}

void detectV2(HostFeatures& host, const std::string& wanted)
{
    const auto root = chooseV2Root(wanted, host.userNamespace);
    const auto directory = kCgroupMount / fs::path(root).relative_path();
    if (root.empty() || !canMake(directory)) {
        host.limitations.push_back("no cgroup is delegated to this user: CPU, memory and process limits of containers are not enforced");
        return;
    }
    host.cgroups = CgroupVersion::V2;
    host.cgroupRoot = root;
    if (!enableControllers(directory.parent_path()) || !enableControllers(directory))
        host.limitations.push_back("not all of the cgroup controllers cpu, memory and pids can be used: some limits of containers are not enforced");
}

void detectV1(HostFeatures& host, const std::string& wanted)
{
    const std::string root = wanted.empty() ? "/kates" : wanted;
    for (const auto* controller : kControllers) {
        if (!canMake(kCgroupMount / controller / fs::path(root).relative_path())) {
            host.limitations.push_back("the cgroup controller " + std::string(controller)
                + " cannot be written: CPU, memory and process limits of containers are not enforced");
            return;
        }
    }
    host.cgroups = CgroupVersion::V1;
    host.cgroupRoot = root;
}

} // namespace

HostFeatures detectHostFeatures(const std::string& wantedCgroup)
{
    HostFeatures host {.uids = readRanges("/proc/self/uid_map"), .gids = readRanges("/proc/self/gid_map"), .capabilities = ownCapabilities()};
    host.userNamespace = !(host.uids.size() == 1 && host.uids.front().count == kAllIds);
    if (host.uids.size() == 1 && host.uids.front().count == 1)
        host.limitations.push_back("only one user id is available (no range in /etc/subuid): containers run as root of the image only");
    // The kernel asks for the privilege in its first user namespace, which uid 0 of another one never has.
    if (host.userNamespace || !host.capabilities.contains("CAP_SYS_RESOURCE")) {
        const auto own = readFile("/proc/self/oom_score_adj").value_or("0");
        host.oomScoreAdjMin = std::atoi(own.c_str());
    }
    host.messageQueues = ::access("/dev/mqueue", F_OK) == 0;
    struct statfs info {};
    if (::statfs(kCgroupMount.c_str(), &info) != 0)
        host.limitations.push_back("/sys/fs/cgroup is not mounted: CPU, memory and process limits of containers are not enforced");
    else if (static_cast<unsigned long>(info.f_type) == CGROUP2_SUPER_MAGIC)
        detectV2(host, wantedCgroup);
    else
        detectV1(host, wantedCgroup);
    return host;
}

void removeCgroup(const HostFeatures& host, const std::string& parent)
{
    if (host.cgroups == CgroupVersion::None || parent.empty())
        return;
    std::vector<fs::path> mounts;
    std::error_code problem;
    if (host.cgroups == CgroupVersion::V2)
        mounts.push_back(kCgroupMount);
    else
        for (const auto& entry : fs::directory_iterator(kCgroupMount, problem))
            mounts.push_back(entry.path());
    for (const auto& mount : mounts) {
        // crun also writes into /sys/fs/cgroup/unified when that is covered by an ordinary file system: plain files, which rmdir does not take.
        struct statfs info {};
        const auto type = ::statfs(mount.c_str(), &info) == 0 ? static_cast<unsigned long>(info.f_type) : 0;
        if (type == TMPFS_MAGIC)
            (void)removeTree(mount / fs::path(host.cgroupRoot).relative_path() / parent);
        for (fs::path below = parent; !below.empty(); below = below.parent_path())
            if (::rmdir((mount / fs::path(host.cgroupRoot).relative_path() / below).c_str()) != 0 && errno != ENOENT)
                break; // another pod is in it
    }
}

} // namespace kates::runtime
