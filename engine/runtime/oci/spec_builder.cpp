#include "engine/runtime/oci/spec_builder.h"

#include <algorithm>

#include "engine/runtime/oci/capabilities.h"
#include "engine/runtime/oci/seccomp_profile.h"
#include "engine/runtime/oci/spec_mounts.h"

namespace kates::runtime {

using api::Value;

namespace {

constexpr const char* kDefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

// Files of /proc and /sys that speak of the host, not of the container: as with every other runtime.
constexpr const char* kMaskedPaths[] = {"/proc/asound", "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
    "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap"};
constexpr const char* kReadOnlyPaths[] = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger", "/sys"};

template <typename Range>
Value list(const Range& items)
{
    Value array = Value::array();
    for (const auto& item : items)
        array.push(Value(item));
    return array;
}

std::vector<std::string> commandLine(const ContainerConfig& container, const ImageConfig& image)
{
    auto arguments = container.command.empty() ? image.entrypoint : container.command;
    const bool imageCommand = container.command.empty() && container.arguments.empty();
    const auto& rest = imageCommand ? image.command : container.arguments;
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    return arguments;
}

Value environment(const SpecInput& input)
{
    std::vector<std::string> variables {kDefaultPath};
    auto set = [&](const std::string& name, const std::string& value) {
        std::erase_if(variables, [&](const auto& other) { return other.starts_with(name + "="); });
        variables.push_back(name + "=" + value);
    };
    if (input.container.tty)
        set("TERM", "xterm");
    if (!input.sandbox.hostname.empty())
        set("HOSTNAME", input.sandbox.hostname);
    for (const auto& variable : input.image.environment)
        if (const auto equals = variable.find('='); equals != std::string::npos)
            set(variable.substr(0, equals), variable.substr(equals + 1));
    for (const auto& [name, value] : input.container.environment)
        set(name, value);
    return list(variables);
}

Result<Value> process(const SpecInput& input, const std::set<std::string>& capabilities)
{
    const auto arguments = commandLine(input.container, input.image);
    if (arguments.empty())
        return failure("neither the container nor its image says which command to run");
    const auto& user = input.user;
    if (!input.host.hasUid(user.uid) || !input.host.hasGid(user.gid))
        return failure("the container wants to run as " + std::to_string(user.uid) + ":" + std::to_string(user.gid)
            + ", which is outside of the ids that this user has in /etc/subuid and /etc/subgid");
    Value groups = Value::array();
    for (const auto gid : user.additionalGids)
        if (input.host.hasGid(gid))
            groups.push(gid);
    auto workingDirectory = input.container.workingDirectory.empty() ? input.image.workingDirectory : input.container.workingDirectory;
    if (!workingDirectory.starts_with('/'))
        workingDirectory.insert(0, "/");
    // Nothing is inheritable or ambient: a process that is not root gets capabilities only from files that it executes.
    const Value held = list(capabilities);
    return Value::object(
        {{"terminal", input.container.tty}, {"user", Value::object({{"uid", user.uid}, {"gid", user.gid}, {"additionalGids", groups}})},
            {"args", list(arguments)}, {"env", environment(input)}, {"cwd", workingDirectory},
            {"capabilities", Value::object({{"bounding", held}, {"effective", held}, {"permitted", held}})},
            {"noNewPrivileges", input.container.security.noNewPrivileges},
            {"oomScoreAdj", std::max(input.container.resources.oomScoreAdj, input.host.oomScoreAdjMin)}});
}

Value namespaces(const SpecInput& input)
{
    Value all = Value::array({Value::object({{"type", "mount"}})});
    auto add = [&](const char* type, const std::string& path) {
        Value one = Value::object({{"type", type}});
        if (!path.empty())
            one.set("path", path);
        all.push(one);
    };
    const auto& sandbox = input.sandbox;
    if (!sandbox.hostPid)
        add("pid", input.pidNamespace);
    if (!sandbox.hostIpc)
        add("ipc", input.ipcNamespace);
    if (!sandbox.hostNetwork || !sandbox.hostname.empty())
        add("uts", "");
    if (!sandbox.networkNamespace.empty())
        add("network", sandbox.networkNamespace);
    if (input.host.cgroups == CgroupVersion::V2)
        add("cgroup", "");
    return all;
}

Value resources(const SpecInput& input)
{
    const auto& wanted = input.container.resources;
    Value all = Value::object();
    const bool everyDevice = input.container.security.privileged;
    all.set("devices", Value::array({Value::object({{"allow", everyDevice}, {"access", "rwm"}})}));
    if (input.host.cgroups == CgroupVersion::None)
        return all;
    if (wanted.cpuShares > 0)
        all.edit("cpu").set("shares", wanted.cpuShares);
    if (wanted.cpuQuotaMicros > 0) {
        all.edit("cpu").set("quota", wanted.cpuQuotaMicros);
        all.edit("cpu").set("period", wanted.cpuPeriodMicros);
    }
    if (wanted.memoryLimitBytes > 0) {
        all.edit("memory").set("limit", wanted.memoryLimitBytes);
        all.edit("memory").set("swap", wanted.memoryLimitBytes); // the sum of both: no swap beside it
    }
    if (wanted.pidsMax > 0)
        all.edit("pids").set("limit", wanted.pidsMax);
    return all;
}

Value linuxPart(const SpecInput& input, const std::set<std::string>& capabilities)
{
    const auto& security = input.container.security;
    Value part = Value::object({{"namespaces", namespaces(input)}, {"resources", resources(input)}});
    if (!input.cgroupsPath.empty())
        part.set("cgroupsPath", input.cgroupsPath);
    for (const auto& [name, value] : security.sysctls)
        part.edit("sysctl").set(name, value);
    if (!security.privileged) {
        part.set("maskedPaths", list(kMaskedPaths));
        part.set("readonlyPaths", list(kReadOnlyPaths));
        if (!security.seccompUnconfined)
            part.set("seccomp", seccompProfile(capabilities));
    } else {
        part.set("devices", deviceNodes(input.hostDevices));
    }
    return part;
}

} // namespace

Result<Value> buildSpec(const SpecInput& input)
{
    const auto capabilities = containerCapabilities(input.container.security, input.host.capabilities);
    if (!capabilities)
        return unexpected(capabilities.error());
    auto processPart = process(input, *capabilities);
    if (!processPart)
        return processPart;
    Value spec = Value::object({{"ociVersion", "1.0.2"}, {"process", *processPart},
        {"root", Value::object({{"path", input.rootfs}, {"readonly", input.container.security.readOnlyRootFilesystem}})}});
    if (!input.sandbox.hostname.empty())
        spec.set("hostname", input.sandbox.hostname);
    spec.set("mounts", containerMounts(input));
    spec.set("linux", linuxPart(input, *capabilities));
    return spec;
}

Value execProcess(const Value& spec, const std::vector<std::string>& command, bool tty)
{
    Value process = spec.get("process");
    process.set("args", list(command));
    process.set("terminal", tty);
    if (tty
        && std::none_of(process.get("env").begin(), process.get("env").end(), [](const Value& item) { return item.asString().starts_with("TERM="); }))
        process.edit("env").push("TERM=xterm");
    return process;
}

} // namespace kates::runtime
