// Subordinate ids: which uids and gids of the host an ordinary user may map into a user namespace (/etc/subuid, /etc/subgid; subuid(5)).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace kates::launcher {

struct IdRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    bool operator==(const IdRange&) const = default;
};

// The lines "<user or uid>:<first>:<count>" that are this user's; a malformed line is skipped, as shadow does.
[[nodiscard]] std::vector<IdRange> parseSubordinateIds(std::string_view text, std::string_view userName, std::uint32_t uid);

// The arguments of newuidmap(1) after the pid: id 0 inside is `ownId` outside, ids from 1 on are the ranges, in order.
[[nodiscard]] std::vector<std::string> idMapArguments(std::uint32_t ownId, const std::vector<IdRange>& ranges);

struct SubordinateIds {
    std::vector<IdRange> uids, gids;
};

// Those of the calling user.
[[nodiscard]] SubordinateIds readSubordinateIds();

// Maps the user namespace that `pid` has just made: with newuidmap and newgidmap when there are ranges, else the one own uid and gid.
[[nodiscard]] Result<void> mapIds(int pid, const SubordinateIds& ids);

} // namespace kates::launcher
