#include "engine/scheduler/plugins/plugins.h"

namespace kates::scheduler::plugins {

namespace {

class TaintToleration : public FilterPlugin {
public:
    const char* name() const override { return "TaintToleration"; }
    std::unique_ptr<FilterCycle> prepare(const PodInfo& pod, const Cache&) const override { return std::make_unique<Cycle>(pod); }

private:
    struct Cycle : FilterCycle {
        explicit Cycle(const PodInfo& pod) : pod(pod) {}
        Verdict filter(const NodeInfo& node) override
        {
            for (const Taint& taint : node.taints)
                if (taint.effect != "PreferNoSchedule" && !pod.tolerates(taint))
                    return {"node(s) had untolerated taint " + taint.toString(), true};
            return {};
        }
        const PodInfo& pod;
    };
};

class TaintTolerationScore : public ScorePlugin {
public:
    const char* name() const override { return "TaintToleration"; }
    int weight() const override { return 3; }
    bool score(const PodInfo& pod, const Cache&, const std::vector<NodeInfo*>& nodes, std::vector<double>& scores) const override
    {
        bool any = false;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            for (const Taint& taint : nodes[i]->taints)
                if (taint.effect == "PreferNoSchedule" && !pod.tolerates(taint)) {
                    scores[i] += 1;
                    any = true;
                }
        if (any)
            normalise(scores, true);
        return any;
    }
};

} // namespace

std::unique_ptr<FilterPlugin> taintToleration()
{
    return std::make_unique<TaintToleration>();
}

std::unique_ptr<ScorePlugin> taintTolerationScore()
{
    return std::make_unique<TaintTolerationScore>();
}

} // namespace kates::scheduler::plugins
