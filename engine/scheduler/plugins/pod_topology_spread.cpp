#include <algorithm>
#include <optional>
#include <unordered_map>

#include "engine/scheduler/plugins/plugins.h"

namespace kates::scheduler::plugins {

namespace {

// Matching pods per value of a topology label ("zone-a" → 3), over the nodes that count for this pod.
class DomainCounts {
public:
    DomainCounts(const PodInfo& pod, const SpreadConstraint& constraint, const Cache& cache) : m_constraint(constraint)
    {
        for (const NodeInfo* node : cache.nodes()) {
            const api::Value* domain = node->labels().find(constraint.topologyKey);
            if (!domain || !counts(pod, *node))
                continue;
            int& count = m_counts[std::string(domain->asString())];
            for (const auto& [uid, other] : node->pods)
                count += !other->terminating && other->ns == pod.ns && constraint.selector.matches(other->pod.get("metadata", "labels"));
        }
        for (const auto& [domain, count] : m_counts)
            m_smallest = m_smallest < 0 ? count : std::min(m_smallest, count);
        if (static_cast<int>(m_counts.size()) < constraint.minDomains || m_smallest < 0)
            m_smallest = 0;
    }
    // nullopt: the node has no such label.
    std::optional<int> at(const NodeInfo& node) const
    {
        const api::Value* domain = node.labels().find(m_constraint.topologyKey);
        if (!domain)
            return std::nullopt;
        auto found = m_counts.find(std::string(domain->asString()));
        return found == m_counts.end() ? 0 : found->second;
    }
    int smallest() const { return m_smallest; }

private:
    bool counts(const PodInfo& pod, const NodeInfo& node) const
    {
        if (m_constraint.honorNodeAffinity && !pod.fitsNodeSelection(node.labels(), node.name))
            return false;
        return !m_constraint.honorNodeTaints || std::all_of(node.taints.begin(), node.taints.end(), [&](const Taint& taint) { return taint.effect == "PreferNoSchedule" || pod.tolerates(taint); });
    }
    const SpreadConstraint& m_constraint;
    std::unordered_map<std::string, int> m_counts;
    int m_smallest = -1;
};

bool selectsItself(const PodInfo& pod, const SpreadConstraint& constraint)
{
    return constraint.selector.matches(pod.pod.get("metadata", "labels"));
}

class PodTopologySpread : public FilterPlugin {
public:
    const char* name() const override { return "PodTopologySpread"; }
    std::unique_ptr<FilterCycle> prepare(const PodInfo& pod, const Cache& cache) const override
    {
        auto cycle = std::make_unique<Cycle>();
        for (const SpreadConstraint& constraint : pod.spread)
            if (constraint.required)
                cycle->rules.push_back({constraint.maxSkew, selectsItself(pod, constraint) ? 1 : 0, DomainCounts(pod, constraint, cache)});
        return cycle->rules.empty() ? nullptr : std::move(cycle);
    }

private:
    struct Rule {
        int maxSkew, self;
        DomainCounts counts;
    };
    struct Cycle : FilterCycle {
        std::vector<Rule> rules;
        Verdict filter(const NodeInfo& node) override
        {
            for (const Rule& rule : rules) {
                auto count = rule.counts.at(node);
                if (!count)
                    return {"node(s) didn't match pod topology spread constraints (missing required label)", true};
                if (*count + rule.self - rule.counts.smallest() > rule.maxSkew)
                    return {"node(s) didn't match pod topology spread constraints"};
            }
            return {};
        }
    };
};

class PodTopologySpreadScore : public ScorePlugin {
public:
    const char* name() const override { return "PodTopologySpread"; }
    int weight() const override { return 2; }
    bool score(const PodInfo& pod, const Cache& cache, const std::vector<NodeInfo*>& nodes, std::vector<double>& scores) const override
    {
        bool any = false;
        for (const SpreadConstraint& constraint : pod.spread) {
            if (constraint.required)
                continue;
            any = true;
            addCounts(DomainCounts(pod, constraint, cache), nodes, scores);
        }
        // Without constraints of its own a replicated pod keeps away from its siblings: zones first, then nodes (the cluster's default constraints).
        if (pod.spread.empty())
            any = spreadSiblings(pod, cache, nodes, scores);
        if (any)
            normalise(scores, true);
        return any;
    }

private:
    static void addCounts(const DomainCounts& counts, const std::vector<NodeInfo*>& nodes, std::vector<double>& scores)
    {
        for (std::size_t i = 0; i < nodes.size(); ++i)
            scores[i] += counts.at(*nodes[i]).value_or(counts.smallest() + 1);
    }
    static bool spreadSiblings(const PodInfo& pod, const Cache& cache, const std::vector<NodeInfo*>& nodes, std::vector<double>& scores)
    {
        const std::string_view owner = api::ObjectMeta(pod.pod).controllerRef().str("uid");
        if (owner.empty())
            return false;
        std::unordered_map<std::string_view, int> perZone;
        std::unordered_map<const NodeInfo*, int> perNode;
        for (const NodeInfo* node : cache.nodes()) {
            int count = 0;
            for (const auto& [uid, other] : node->pods)
                count += api::ObjectMeta(other->pod).controllerRef().str("uid") == owner;
            perNode[node] = count;
            perZone[node->labels().str("topology.kubernetes.io/zone")] += count;
        }
        for (std::size_t i = 0; i < nodes.size(); ++i)
            scores[i] = 2.0 * perZone[nodes[i]->labels().str("topology.kubernetes.io/zone")] + perNode[nodes[i]];
        return true;
    }
};

} // namespace

std::unique_ptr<FilterPlugin> podTopologySpread()
{
    return std::make_unique<PodTopologySpread>();
}

std::unique_ptr<ScorePlugin> podTopologySpreadScore()
{
    return std::make_unique<PodTopologySpreadScore>();
}

} // namespace kates::scheduler::plugins
