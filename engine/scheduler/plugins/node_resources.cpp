// NodeResourcesFit, and the two scores that spread load: LeastAllocated and BalancedAllocation.
#include <cmath>

#include "engine/scheduler/plugins/plugins.h"

namespace kates::scheduler::plugins {

namespace {

class NodeResourcesFit : public FilterPlugin {
public:
    const char* name() const override { return "NodeResourcesFit"; }
    std::unique_ptr<FilterCycle> prepare(const PodInfo& pod, const Cache&) const override { return std::make_unique<Cycle>(pod); }

private:
    struct Cycle : FilterCycle {
        explicit Cycle(const PodInfo& pod) : pod(pod) {}
        // The first thing that is short; a request that no empty node of this size could hold can't be helped by preemption.
        Verdict filter(const NodeInfo& node) override
        {
            const Resources& want = pod.requests;
            const Resources& used = node.requested;
            const Resources& have = node.allocatable;
            if (used.pods + 1 > have.pods)
                return {"Too many pods"};
            if (want.cpuMilli > 0 && want.cpuMilli > have.cpuMilli - used.cpuMilli)
                return {"Insufficient cpu", want.cpuMilli > have.cpuMilli};
            if (want.memoryBytes > 0 && want.memoryBytes > have.memoryBytes - used.memoryBytes)
                return {"Insufficient memory", want.memoryBytes > have.memoryBytes};
            if (want.ephemeralBytes > 0 && want.ephemeralBytes > have.ephemeralBytes - used.ephemeralBytes)
                return {"Insufficient ephemeral-storage", want.ephemeralBytes > have.ephemeralBytes};
            for (const auto& [name, amount] : want.extended) {
                const auto offered = have.extended.find(name), taken = used.extended.find(name);
                const std::int64_t total = offered == have.extended.end() ? 0 : offered->second;
                if (amount > 0 && amount > total - (taken == used.extended.end() ? 0 : taken->second))
                    return {"Insufficient " + name, amount > total};
            }
            return {};
        }
        const PodInfo& pod;
    };
};

double fraction(std::int64_t used, std::int64_t total)
{
    return total <= 0 ? 1 : std::min(1.0, static_cast<double>(used) / static_cast<double>(total));
}

class LeastAllocated : public ScorePlugin {
public:
    const char* name() const override { return "NodeResourcesFit"; }
    int weight() const override { return 1; }
    bool score(const PodInfo& pod, const Cache&, const std::vector<NodeInfo*>& nodes, std::vector<double>& scores) const override
    {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const double cpu = fraction(nodes[i]->scoreCpuMilli + pod.scoreCpuMilli, nodes[i]->allocatable.cpuMilli);
            const double memory = fraction(nodes[i]->scoreMemoryBytes + pod.scoreMemoryBytes, nodes[i]->allocatable.memoryBytes);
            scores[i] = (2 - cpu - memory) * kScoreMax / 2;
        }
        return true;
    }
};

class BalancedAllocation : public ScorePlugin {
public:
    const char* name() const override { return "NodeResourcesBalancedAllocation"; }
    int weight() const override { return 1; }
    bool score(const PodInfo& pod, const Cache&, const std::vector<NodeInfo*>& nodes, std::vector<double>& scores) const override
    {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const double cpu = fraction(nodes[i]->requested.cpuMilli + pod.requests.cpuMilli, nodes[i]->allocatable.cpuMilli);
            const double memory = fraction(nodes[i]->requested.memoryBytes + pod.requests.memoryBytes, nodes[i]->allocatable.memoryBytes);
            scores[i] = (1 - std::abs(cpu - memory) / 2) * kScoreMax;
        }
        return true;
    }
};

} // namespace

std::unique_ptr<FilterPlugin> nodeResourcesFit()
{
    return std::make_unique<NodeResourcesFit>();
}

std::unique_ptr<ScorePlugin> leastAllocatedScore()
{
    return std::make_unique<LeastAllocated>();
}

std::unique_ptr<ScorePlugin> balancedAllocationScore()
{
    return std::make_unique<BalancedAllocation>();
}

} // namespace kates::scheduler::plugins
