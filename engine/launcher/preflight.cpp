#include "engine/launcher/preflight.h"

#include <fmt/format.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "engine/launcher/probes.h"
#include "engine/launcher/subordinate_ids.h"

namespace kates::launcher {

namespace {

struct Advice {
    std::string lost, fix;
};

PreflightCheck judge(std::string name, const Result<void>& probed, std::string found, Advice advice)
{
    if (probed)
        return {std::move(name), true, std::move(found), {}, {}};
    return {std::move(name), false, probed.error().message, std::move(advice.lost), std::move(advice.fix)};
}

PreflightCheck checkProgram(std::string name, const std::vector<std::string>& alternatives, Advice advice)
{
    for (const auto& program : alternatives)
        if (auto path = findProgram(program); !path.empty())
            return {std::move(name), true, path, {}, {}};
    return {
        std::move(name), false, fmt::format("{} is not installed", fmt::join(alternatives, " or ")), std::move(advice.lost), std::move(advice.fix)};
}

PreflightCheck checkUserNamespaces()
{
    if (::geteuid() == 0)
        return judge("user-namespaces", probeNamespaces(), "not needed: running as root",
            {"everything: no namespace can be made", "run outside of a sandbox"});
    return judge("user-namespaces", probeNamespaces(), "allowed",
        {"everything: an ordinary user can make no cluster",
            "as root: sysctl -w user.max_user_namespaces=15000 (and kernel.unprivileged_userns_clone=1, "
            "kernel.apparmor_restrict_unprivileged_userns=0 where they exist)"});
}

PreflightCheck checkSubordinateIds()
{
    if (::geteuid() == 0)
        return {"subordinate-ids", true, "not needed: running as root", {}, {}};
    const Advice advice{"images with files of several users, and pods that run as another user than root",
        fmt::format(
            "as root: install the package uidmap, then usermod --add-subuids 100000-165535 --add-subgids 100000-165535 <user {}>", ::getuid())};
    if (findProgram("newuidmap").empty() || findProgram("newgidmap").empty())
        return {"subordinate-ids", false, "newuidmap and newgidmap are not installed", advice.lost, advice.fix};
    const auto ids = readSubordinateIds();
    if (ids.uids.empty() || ids.gids.empty())
        return {"subordinate-ids", false, "/etc/subuid and /etc/subgid give this user no ids", advice.lost, advice.fix};
    return {"subordinate-ids", true, fmt::format("{} uids from {} on", ids.uids.front().count, ids.uids.front().first), {}, {}};
}

PreflightCheck checkOverlay(const std::filesystem::path& directory)
{
    return judge("overlayfs", probeOverlay(directory.string()), "works",
        {"shared image layers: every container copies its image", "use Linux 5.11 or later, with the data directory on ext4, xfs or btrfs"});
}

PreflightCheck checkCgroups()
{
    const Advice advice{"CPU and memory limits of containers, and their usage figures",
        "boot with cgroup v2 and log in through systemd, with Delegate=yes for user@.service (as root anything writable does)"};
    struct statfs info = {};
    if (::statfs("/sys/fs/cgroup", &info) != 0)
        return {"cgroups", false, "/sys/fs/cgroup is not mounted", advice.lost, advice.fix};
    const bool v2 = static_cast<unsigned long>(info.f_type) == CGROUP2_SUPER_MAGIC;
    if (::geteuid() == 0) {
        const char* probe = v2 ? "/sys/fs/cgroup/cgroup.procs" : "/sys/fs/cgroup/memory/cgroup.procs";
        const bool writable = ::access(probe, W_OK) == 0;
        return {"cgroups", writable, fmt::format("version {}, {}", v2 ? 2 : 1, writable ? "writable" : "read-only"), writable ? "" : advice.lost,
            writable ? "" : advice.fix};
    }
    if (!v2)
        return {"cgroups", false, "version 1, which cannot be delegated to a user", advice.lost, advice.fix};
    const auto own = fmt::format("/sys/fs/cgroup/user.slice/user-{0}.slice/user@{0}.service/cgroup.subtree_control", ::getuid());
    if (::access(own.c_str(), W_OK) != 0)
        return {"cgroups", false, "version 2, not delegated to this user", advice.lost, advice.fix};
    return {"cgroups", true, "version 2, delegated", {}, {}};
}

PreflightCheck checkNftables()
{
    const Advice advice{
        "Services: virtual IPs and NodePorts do not answer", "install the package nftables, with a kernel that has nf_tables and NAT"};
    const auto nft = findProgram("nft");
    if (nft.empty())
        return {"nftables", false, "nft is not installed", advice.lost, advice.fix};
    auto probed = probeProgram({nft,
        "add table ip probe; add chain ip probe c { type nat hook prerouting priority dstnat; }; "
        "add rule ip probe c meta l4proto tcp dnat to numgen random mod 2 map { 0 : 192.0.2.1 . 80, 1 : 192.0.2.2 . 80 }"});
    if (!probed)
        return {"nftables", false, "the kernel refuses a table with NAT (" + probed.error().message + ")", advice.lost, advice.fix};
    return {"nftables", true, nft, {}, {}};
}

PreflightCheck checkLinks()
{
    auto probed = probeLink("veth");
    if (probed)
        probed = probeLink("bridge");
    return judge("network-links", probed, "veth and bridge work",
        {"the network of nodes and pods", "as root: modprobe veth bridge (an ordinary user cannot load modules)"});
}

} // namespace

std::vector<PreflightCheck> preflight(const std::filesystem::path& dataDirectory)
{
    std::vector<PreflightCheck> checks{
        checkUserNamespaces(), checkSubordinateIds(), checkOverlay(dataDirectory), checkCgroups(), checkNftables(), checkLinks()};
    checks.push_back({"tun", ::access("/dev/net/tun", R_OK | W_OK) == 0, "/dev/net/tun", {}, {}});
    if (!checks.back().ok)
        checks.back()
            = {"tun", false, "/dev/net/tun cannot be opened", "connections from pods to the world outside of the cluster", "as root: modprobe tun"};
    checks.push_back(checkProgram("slirp4netns", {"slirp4netns"},
        {"connections from pods to the world outside of the cluster", "install the package slirp4netns"}));
    checks.push_back(checkProgram("conmon", {"conmon"}, {"real containers: only simulated nodes work", "install the package conmon"}));
    checks.push_back(
        checkProgram("oci-runtime", {"crun", "runc"}, {"real containers: only simulated nodes work", "install the package crun (or runc)"}));
    return checks;
}

} // namespace kates::launcher
