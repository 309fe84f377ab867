#include "engine/runtime/oci/capabilities.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "engine/base/files.h"

namespace kates::runtime {

namespace {

// In the order of linux/capability.h.
constexpr const char* kNames[] = {"CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID",
    "CAP_SETUID", "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK",
    "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT",
    "CAP_SYS_NICE", "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE", "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG", "CAP_WAKE_ALARM", "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON",
    "CAP_BPF", "CAP_CHECKPOINT_RESTORE"};

constexpr const char* kDefaults[] = {"CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID",
    "CAP_SETUID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE"};

Result<std::string> canonicalName(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (name == "ALL")
        return name;
    if (!name.starts_with("CAP_"))
        name = "CAP_" + name;
    if (std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames))
        return failure("there is no capability \"" + name.substr(0, 100) + "\"");
    return name;
}

} // namespace

Result<std::set<std::string>> containerCapabilities(const SecurityContext& security, const std::set<std::string>& available)
{
    std::set<std::string> wanted(std::begin(kDefaults), std::end(kDefaults));
    if (security.privileged)
        wanted = available;
    // "ALL" first, so that single names refine it: drop ALL and add one gives that one.
    auto apply = [&](const std::vector<std::string>& names, bool add, bool all) -> Result<void> {
        for (const auto& given : names) {
            const auto name = canonicalName(given);
            if (!name)
                return unexpected(name.error());
            if ((*name == "ALL") != all)
                continue;
            if (all)
                wanted = add ? available : std::set<std::string>();
            else if (add)
                wanted.insert(*name);
            else
                wanted.erase(*name);
        }
        return {};
    };
    for (const bool all : {true, false})
        for (const bool add : {true, false})
            if (auto applied = apply(add ? security.addCapabilities : security.dropCapabilities, add, all); !applied)
                return unexpected(applied.error());
    std::erase_if(wanted, [&](const auto& name) { return !available.contains(name); });
    return wanted;
}

std::set<std::string> ownCapabilities()
{
    std::set<std::string> names;
    const auto status = readFile("/proc/self/status").value_or(std::string());
    const auto line = status.find("CapEff:\t");
    if (line == std::string::npos)
        return names;
    std::uint64_t bits = 0;
    std::from_chars(status.data() + line + 8, status.data() + status.size(), bits, 16);
    for (std::size_t index = 0; index < std::size(kNames); ++index)
        if (bits >> index & 1)
            names.insert(kNames[index]);
    return names;
}

} // namespace kates::runtime
