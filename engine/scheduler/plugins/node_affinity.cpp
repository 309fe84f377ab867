#include "engine/scheduler/plugins/plugins.h"

namespace kates::scheduler::plugins {

namespace {

class NodeAffinity : public FilterPlugin {
public:
    const char* name() const override { return "NodeAffinity"; }
    std::unique_ptr<FilterCycle> prepare(const PodInfo& pod, const Cache&) const override
    {
        return pod.hasNodeRequirement ? std::make_unique<Cycle>(pod) : nullptr;
    }

private:
    struct Cycle : FilterCycle {
        explicit Cycle(const PodInfo& pod) : pod(pod) {}
        Verdict filter(const NodeInfo& node) override
        {
            if (pod.fitsNodeSelection(node.labels(), node.name))
                return {};
            return {"node(s) didn't match Pod's node affinity/selector", true};
        }
        const PodInfo& pod;
    };
};

class NodeAffinityScore : public ScorePlugin {
public:
    const char* name() const override { return "NodeAffinity"; }
    int weight() const override { return 2; }
    bool score(const PodInfo& pod, const Cache&, const std::vector<NodeInfo*>& nodes, std::vector<double>& scores) const override
    {
        if (pod.preferredNodes.empty())
            return false;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            for (const PreferredNodeTerm& preferred : pod.preferredNodes)
                if (preferred.term.matches(nodes[i]->labels(), nodes[i]->name))
                    scores[i] += preferred.weight;
        normalise(scores);
        return true;
    }
};

} // namespace

std::unique_ptr<FilterPlugin> nodeAffinity()
{
    return std::make_unique<NodeAffinity>();
}

std::unique_ptr<ScorePlugin> nodeAffinityScore()
{
    return std::make_unique<NodeAffinityScore>();
}

} // namespace kates::scheduler::plugins
