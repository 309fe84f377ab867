#include "engine/runtime/oci/spec_mounts.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "engine/runtime/oci/spec_builder.h"

namespace kates::runtime {

using api::Value;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kDevicesMax = 1000;
constexpr std::int64_t kTtyGroup = 5;

Value mount(const char* target, const char* type, const char* source, std::initializer_list<Value> options)
{
    return Value::object({{"destination", target}, {"type", type}, {"source", source}, {"options", Value::array(options)}});
}

Value bindMount(const std::string& target, const std::string& source, bool readOnly, const std::string& propagation)
{
    return Value::object({{"destination", target}, {"type", "bind"}, {"source", source},
        {"options", Value::array({"rbind", readOnly ? "ro" : "rw", propagation.empty() ? "rprivate" : propagation})}});
}

std::string canonical(const std::string& path)
{
    auto text = fs::path("/" + path).lexically_normal().string();
    if (text.size() > 1 && text.back() == '/')
        text.pop_back();
    return text;
}

// A user namespace may mount proc, sysfs or mqueue only for namespaces that are its own; those of the host are bound instead.
void addKernelFiles(const SpecInput& input, Value& mounts)
{
    const auto& sandbox = input.sandbox;
    const bool inUserNamespace = input.host.userNamespace;
    const bool privileged = input.container.security.privileged;
    if (sandbox.hostPid && inUserNamespace)
        mounts.push(bindMount("/proc", "/proc", false, ""));
    else
        mounts.push(mount("/proc", "proc", "proc", {"nosuid", "noexec", "nodev"}));
    mounts.push(mount("/dev", "tmpfs", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}));
    Value terminals = mount("/dev/pts", "devpts", "devpts", {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"});
    if (input.host.hasGid(kTtyGroup))
        terminals.edit("options").push("gid=" + std::to_string(kTtyGroup));
    mounts.push(terminals);
    if (!sandbox.hostIpc || !inUserNamespace)
        mounts.push(mount("/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"}));
    else if (input.host.messageQueues)
        mounts.push(bindMount("/dev/mqueue", "/dev/mqueue", false, ""));
    if (sandbox.hostNetwork && inUserNamespace)
        mounts.push(bindMount("/sys", "/sys", !privileged, ""));
    else
        // Not "ro": the kernel has one sysfs per network namespace, and the first container of a pod would decide for all. See kReadOnlyPaths.
        mounts.push(mount("/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", "rw"}));
    if (input.host.cgroups != CgroupVersion::None)
        mounts.push(mount("/sys/fs/cgroup", "cgroup", "cgroup", {"nosuid", "noexec", "nodev", "relatime", privileged ? "rw" : "ro"}));
}

} // namespace

Value containerMounts(const SpecInput& input)
{
    Value mounts = Value::array();
    addKernelFiles(input, mounts);
    std::set<std::string> taken;
    for (const auto& wanted : input.container.mounts)
        taken.insert(canonical(wanted.containerPath));
    if (!input.shm.empty() && !taken.contains("/dev/shm"))
        mounts.push(bindMount("/dev/shm", input.shm, false, ""));
    if (!input.hostnameFile.empty() && !taken.contains("/etc/hostname"))
        mounts.push(bindMount("/etc/hostname", input.hostnameFile, input.container.security.readOnlyRootFilesystem, ""));
    // Outer ones first: a mount on /data would hide one on /data/x.
    auto wanted = input.container.mounts;
    std::stable_sort(wanted.begin(), wanted.end(), [](const Mount& left, const Mount& right) {
        const auto leftPath = canonical(left.containerPath), rightPath = canonical(right.containerPath);
        return std::count(leftPath.begin(), leftPath.end(), '/') < std::count(rightPath.begin(), rightPath.end(), '/');
    });
    for (const auto& one : wanted)
        mounts.push(bindMount(canonical(one.containerPath), one.hostPath, one.readOnly, one.propagation));
    return mounts;
}

std::vector<std::string> hostDevices()
{
    static const std::set<std::string> ownOfContainers {
        "pts", "shm", "fd", "mqueue", "lxc", ".lxc", ".lxd-mounts", ".udev", "console", "ptmx", "core"};
    std::vector<std::string> devices;
    std::error_code problem;
    fs::recursive_directory_iterator entries("/dev", fs::directory_options::skip_permission_denied, problem), end;
    for (; entries != end && devices.size() < kDevicesMax; entries.increment(problem)) {
        if (entries.depth() == 0 && ownOfContainers.contains(entries->path().filename().string())) {
            entries.disable_recursion_pending();
            continue;
        }
        if (!entries->is_symlink(problem) && (entries->is_character_file(problem) || entries->is_block_file(problem)))
            devices.push_back(entries->path().string());
    }
    return devices;
}

Value deviceNodes(const std::vector<std::string>& paths)
{
    Value nodes = Value::array();
    for (const auto& path : paths) {
        struct stat info {};
        if (::stat(path.c_str(), &info) != 0)
            continue;
        nodes.push(
            Value::object({{"path", path}, {"type", S_ISBLK(info.st_mode) ? "b" : "c"}, {"major", static_cast<std::int64_t>(major(info.st_rdev))},
                {"minor", static_cast<std::int64_t>(minor(info.st_rdev))}, {"fileMode", static_cast<std::int64_t>(info.st_mode & 0777)},
                {"uid", static_cast<std::int64_t>(info.st_uid)}, {"gid", static_cast<std::int64_t>(info.st_gid)}}));
    }
    return nodes;
}

} // namespace kates::runtime
