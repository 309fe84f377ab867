#include "engine/controllers/replicaset/pod_ranking.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <compare>

#include "engine/api/meta.h"
#include "engine/base/time.h"
#include "engine/controllers/common/pods.h"

namespace kates::controllers {

namespace {

// One pod's place: the smallest is deleted first. Members are compared in this order.
struct Rank {
    bool assigned;
    int phase;
    bool ready;
    int cost;
    int lessCrowded;    // the negative of how many related pods share its node
    int readyAge;       // the power of two of the nanoseconds for which it has been ready
    std::int64_t fewerRestarts;
    std::int64_t age;
    std::string_view uid; // a stable order among equals
    auto operator<=>(const Rank&) const = default;
};

int phaseRank(std::string_view phase)
{
    return phase == "Pending" || phase.empty() ? 0 : phase == "Unknown" ? 1 : 2;
}

int deletionCost(const api::Value& pod)
{
    const std::string_view text = api::ObjectMeta(pod).annotation(kPodDeletionCost);
    int cost = 0;
    std::from_chars(text.data(), text.data() + text.size(), cost);
    return cost;
}

std::int64_t ageOf(std::optional<WallTime> since, WallTime now)
{
    return since ? std::max<std::int64_t>(0, (now - *since).count()) : -1;
}

Rank rankOf(const api::Value& pod, const std::unordered_map<std::string, int>& activeByNode, WallTime now)
{
    api::ObjectMeta meta(pod);
    const std::string node(pod.str("spec", "nodeName"));
    auto crowd = activeByNode.find(node);
    const std::int64_t readyFor = ageOf(podReadySince(pod), now);
    return Rank{
        .assigned = !node.empty(),
        .phase = phaseRank(pod.str("status", "phase")),
        .ready = podReady(pod),
        .cost = deletionCost(pod),
        .lessCrowded = crowd == activeByNode.end() ? 0 : -crowd->second,
        .readyAge = readyFor > 0 ? static_cast<int>(std::bit_width(static_cast<std::uint64_t>(readyFor))) : 0,
        .fewerRestarts = -podRestarts(pod),
        .age = ageOf(parseTime(meta.creationTimestamp()), now),
        .uid = meta.uid(),
    };
}

} // namespace

std::vector<api::Value> podsToDelete(
    std::vector<api::Value> pods, std::size_t count, const std::unordered_map<std::string, int>& activeByNode, WallTime now)
{
    if (count >= pods.size())
        return pods;
    std::vector<std::pair<Rank, std::size_t>> ranked;
    ranked.reserve(pods.size());
    for (std::size_t i = 0; i < pods.size(); ++i)
        ranked.emplace_back(rankOf(pods[i], activeByNode, now), i);
    std::sort(ranked.begin(), ranked.end());
    std::vector<api::Value> chosen;
    chosen.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        chosen.push_back(pods[ranked[i].second]);
    return chosen;
}

} // namespace kates::controllers
