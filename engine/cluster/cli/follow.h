// Follows one Cluster object and prints each step of its start as it ends, with its time.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "engine/client/client.h"

namespace kates::cluster::cli {

struct FollowResult {
    enum class End { Reached, Failed, Gone, TimedOut, Broken } end = End::Broken;
    api::Value cluster;
    std::string problem, fix;
};

// Until `reached` holds for the object (its generation observed), a step has failed, the object is gone, or the time is over.
[[nodiscard]] Task<FollowResult> followCluster(Loop& loop, std::shared_ptr<client::Client> client, std::string name, std::int64_t generation,
    std::function<bool(const api::Value&)> reached, bool printSteps, Duration timeout);

} // namespace kates::cluster::cli
