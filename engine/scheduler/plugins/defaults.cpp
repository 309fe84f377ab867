#include <algorithm>

#include "engine/scheduler/plugins/plugins.h"

namespace kates::scheduler {

Plugins Plugins::defaults()
{
    Plugins out;
    out.filters.push_back(plugins::nodeUnschedulable());
    out.filters.push_back(plugins::nodeName());
    out.filters.push_back(plugins::taintToleration());
    out.filters.push_back(plugins::nodeAffinity());
    out.filters.push_back(plugins::nodePorts());
    out.filters.push_back(plugins::nodeResourcesFit());
    out.filters.push_back(plugins::podTopologySpread());
    out.filters.push_back(plugins::interPodAffinity());
    out.scores.push_back(plugins::taintTolerationScore());
    out.scores.push_back(plugins::nodeAffinityScore());
    out.scores.push_back(plugins::leastAllocatedScore());
    out.scores.push_back(plugins::balancedAllocationScore());
    out.scores.push_back(plugins::podTopologySpreadScore());
    out.scores.push_back(plugins::interPodAffinityScore());
    return out;
}

void normalise(std::vector<double>& scores, bool reverse)
{
    if (scores.empty())
        return;
    const auto [least, most] = std::minmax_element(scores.begin(), scores.end());
    const double low = *least, span = *most - *least;
    for (double& score : scores) {
        const double scaled = span > 0 ? (score - low) / span * kScoreMax : 0;
        score = reverse ? kScoreMax - scaled : scaled;
    }
}

} // namespace kates::scheduler
