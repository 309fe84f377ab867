// Follows one object until something holds; a Cluster with each step of its start printed as it ends, with its time.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "engine/client/client.h"

namespace kates::cluster::cli {

struct WatchedObject {
    enum class End { Reached, Gone, TimedOut, Broken } end = End::Broken;
    api::Value object; // as last seen
    std::string problem; // of Broken and TimedOut
};

// Calls `seen` with the object as it is and with each later state, until it gives true, the object is gone, or the time is over.
[[nodiscard]] Task<WatchedObject> watchObject(Loop& loop, std::shared_ptr<client::Client> client, client::Resource resource, std::string ns,
    std::string name, std::function<bool(const api::Value&)> seen, Duration timeout);

struct FollowResult {
    enum class End { Reached, Failed, Gone, TimedOut, Broken } end = End::Broken;
    api::Value cluster;
    std::string problem, fix;
};

// Until `reached` holds for the object (its generation observed), a step has failed, the object is gone, or the time is over.
[[nodiscard]] Task<FollowResult> followCluster(Loop& loop, std::shared_ptr<client::Client> client, std::string name, std::int64_t generation,
    std::function<bool(const api::Value&)> reached, bool printSteps, Duration timeout);

} // namespace kates::cluster::cli
