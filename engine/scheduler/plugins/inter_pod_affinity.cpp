#include <algorithm>
#include <optional>
#include <unordered_map>

#include "engine/scheduler/plugins/plugins.h"

namespace kates::scheduler::plugins {

namespace {

// Topology key and value: "topology.kubernetes.io/zone\0zone-a".
using Domain = std::string;

std::optional<Domain> domainOf(const NodeInfo& node, const std::string& topologyKey)
{
    const api::Value* value = node.labels().find(topologyKey);
    if (!value)
        return std::nullopt;
    return topologyKey + '\0' + std::string(value->asString());
}

class InterPodAffinity : public FilterPlugin {
public:
    const char* name() const override { return "InterPodAffinity"; }

    std::unique_ptr<FilterCycle> prepare(const PodInfo& pod, const Cache& cache) const override
    {
        const bool othersObject = cache.nodesWithAntiAffinity() > 0;
        if (pod.affinity.empty() && pod.antiAffinity.empty() && !othersObject)
            return nullptr;
        auto cycle = std::make_unique<Cycle>(pod);
        for (const NodeInfo* node : cache.nodes())
            count(pod, *node, *cycle, othersObject);
        return cycle;
    }

private:
    struct Cycle : FilterCycle {
        explicit Cycle(const PodInfo& pod) : pod(pod) {}
        const PodInfo& pod;
        std::unordered_map<Domain, int> wanted;   // pods that match all of our affinity terms
        std::unordered_map<Domain, int> unwanted; // pods that match one of our anti-affinity terms
        std::unordered_map<Domain, int> objecting; // pods whose anti-affinity matches us

        Verdict filter(const NodeInfo& node) override
        {
            if (!affinityHolds(node))
                return {"node(s) didn't match pod affinity rules", true};
            for (const PodAffinityTerm& term : pod.antiAffinity)
                if (auto domain = domainOf(node, term.topologyKey); domain && unwanted.contains(*domain))
                    return {"node(s) didn't match pod anti-affinity rules"};
            for (const auto& [domain, number] : objecting)
                if (auto own = domainOf(node, domain.substr(0, domain.find('\0'))); own && *own == domain)
                    return {"node(s) didn't satisfy existing pods anti-affinity rules"};
            return {};
        }
        bool affinityHolds(const NodeInfo& node) const
        {
            bool all = true;
            for (const PodAffinityTerm& term : pod.affinity) {
                auto domain = domainOf(node, term.topologyKey);
                if (!domain)
                    return false;
                all = all && wanted.contains(*domain);
            }
            if (all)
                return true;
            // The first pod of a group that wants to be together: nobody matches anywhere, and it matches its own terms.
            const api::Value& labels = pod.pod.get("metadata", "labels");
            return wanted.empty() && std::all_of(pod.affinity.begin(), pod.affinity.end(), [&](const PodAffinityTerm& term) { return term.matches(pod.ns, labels); });
        }
    };

    static void count(const PodInfo& pod, const NodeInfo& node, Cycle& cycle, bool othersObject)
    {
        for (const auto& [uid, other] : node.pods) {
            const api::Value& labels = other->pod.get("metadata", "labels");
            const bool matchesAll = !pod.affinity.empty()
                && std::all_of(pod.affinity.begin(), pod.affinity.end(), [&](const PodAffinityTerm& term) { return term.matches(other->ns, labels); });
            for (const PodAffinityTerm& term : pod.affinity)
                if (auto domain = matchesAll ? domainOf(node, term.topologyKey) : std::nullopt)
                    ++cycle.wanted[*domain];
            for (const PodAffinityTerm& term : pod.antiAffinity)
                if (auto domain = term.matches(other->ns, labels) ? domainOf(node, term.topologyKey) : std::nullopt)
                    ++cycle.unwanted[*domain];
            if (!othersObject)
                continue;
            for (const PodAffinityTerm& term : other->antiAffinity)
                if (auto domain = term.matches(pod.ns, pod.pod.get("metadata", "labels")) ? domainOf(node, term.topologyKey) : std::nullopt)
                    ++cycle.objecting[*domain];
        }
    }
};

class InterPodAffinityScore : public ScorePlugin {
public:
    const char* name() const override { return "InterPodAffinity"; }
    int weight() const override { return 2; }
    bool score(const PodInfo& pod, const Cache& cache, const std::vector<NodeInfo*>& nodes, std::vector<double>& scores) const override
    {
        std::unordered_map<Domain, double> weights;
        const bool own = !pod.preferredAffinity.empty() || !pod.preferredAntiAffinity.empty();
        for (const NodeInfo* node : cache.nodes())
            if (own || node->podsWithAffinity > 0)
                weigh(pod, *node, own, weights);
        if (weights.empty())
            return false;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            for (const auto& [domain, weight] : weights)
                if (auto here = domainOf(*nodes[i], domain.substr(0, domain.find('\0'))); here && *here == domain)
                    scores[i] += weight;
        normalise(scores);
        return true;
    }

private:
    static void weigh(const PodInfo& pod, const NodeInfo& node, bool own, std::unordered_map<Domain, double>& weights)
    {
        const api::Value& ourLabels = pod.pod.get("metadata", "labels");
        const auto add = [&](const std::vector<PodAffinityTerm>& terms, double sign, std::string_view ns, const api::Value& labels, int fixed) {
            for (const PodAffinityTerm& term : terms)
                if (auto domain = term.matches(ns, labels) ? domainOf(node, term.topologyKey) : std::nullopt)
                    weights[*domain] += sign * (fixed ? fixed : term.weight);
        };
        for (const auto& [uid, other] : node.pods) {
            if (own) {
                add(pod.preferredAffinity, 1, other->ns, other->pod.get("metadata", "labels"), 0);
                add(pod.preferredAntiAffinity, -1, other->ns, other->pod.get("metadata", "labels"), 0);
            }
            // What the pods there wish of us; their required affinity counts a little too (hardPodAffinityWeight 1).
            add(other->affinity, 1, pod.ns, ourLabels, 1);
            add(other->preferredAffinity, 1, pod.ns, ourLabels, 0);
            add(other->preferredAntiAffinity, -1, pod.ns, ourLabels, 0);
        }
    }
};

} // namespace

std::unique_ptr<FilterPlugin> interPodAffinity()
{
    return std::make_unique<InterPodAffinity>();
}

std::unique_ptr<ScorePlugin> interPodAffinityScore()
{
    return std::make_unique<InterPodAffinityScore>();
}

} // namespace kates::scheduler::plugins
