// What this host lets us do, found out once at start-up.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace kates::runtime {

enum class CgroupVersion { None, V1, V2 };

// Ids that exist in this user namespace: [first, first + count).
struct IdRange {
    std::int64_t first = 0, count = 0;
};

struct HostFeatures {
    bool userNamespace = false; // we are uid 0 of a user namespace, not root of the host
    std::vector<IdRange> uids, gids;
    std::set<std::string> capabilities;
    CgroupVersion cgroups = CgroupVersion::None;
    std::string cgroupRoot; // as it stands in config.json: "/kates"; containers go below it
    int oomScoreAdjMin = -1000; // lower values may not be set
    bool messageQueues = false; // the host has /dev/mqueue
    std::vector<std::string> limitations;

    bool hasUid(std::int64_t id) const { return contains(uids, id); }
    bool hasGid(std::int64_t id) const { return contains(gids, id); }

private:
    static bool contains(const std::vector<IdRange>& ranges, std::int64_t id)
    {
        for (const auto& range : ranges)
            if (id >= range.first && id < range.first + range.count)
                return true;
        return false;
    }
};

// `wantedCgroup`: the cgroup below which containers go; "": "/kates" as root, one beside our own where a user's is delegated.
[[nodiscard]] HostFeatures detectHostFeatures(const std::string& wantedCgroup);

// Removes a pod's cgroup (and those between it and the root's) when nothing is left in it; `parent` as SandboxConfig::cgroupParent.
void removeCgroup(const HostFeatures& host, const std::string& parent);

} // namespace kates::runtime
