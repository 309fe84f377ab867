// A pod as the scheduler reads it: parsed once, when the informer brings it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/meta.h"
#include "engine/api/selector.h"
#include "engine/api/value.h"

namespace kates::scheduler {

// Amounts of everything that nodes offer. CPU in thousandths, the rest in units (bytes, pods, devices).
struct Resources {
    std::int64_t cpuMilli = 0, memoryBytes = 0, ephemeralBytes = 0, pods = 0;
    std::map<std::string, std::int64_t, std::less<>> extended; // nvidia.com/gpu, hugepages-2Mi …

    static Resources fromList(const api::Value& resourceList);
    void add(const Resources& other);
    void subtract(const Resources& other);
    void raiseTo(const Resources& other); // the larger of both, one by one
};

struct Toleration {
    std::string key, op, value, effect;
    bool tolerates(const struct Taint& taint) const;
};

struct Taint {
    std::string key, value, effect;
    std::string toString() const { return "{" + key + (value.empty() ? "" : ": " + value) + "}"; }
};

// One requirement of a node selector term: a label (matchExpressions) or a field (matchFields).
struct NodeSelectorTerm {
    std::vector<api::LabelSelector::Requirement> labels, fields;
    bool matches(const api::Value& nodeLabels, const std::string& nodeName) const;
};
struct PreferredNodeTerm {
    NodeSelectorTerm term;
    int weight = 0;
};

struct PodAffinityTerm {
    api::LabelSelector selector;
    std::vector<std::string> namespaces; // empty with allNamespaces
    bool allNamespaces = false;
    std::string topologyKey;
    int weight = 0; // of a preferred term
    bool matches(std::string_view podNamespace, const api::Value& podLabels) const;
};

struct SpreadConstraint {
    std::string topologyKey;
    int maxSkew = 1, minDomains = 1;
    bool required = true; // DoNotSchedule
    api::LabelSelector selector;
    bool honorNodeAffinity = true, honorNodeTaints = false;
};

struct HostPort {
    std::string address, protocol;
    int port = 0;
    bool clashesWith(const HostPort& other) const;
};

struct PodInfo {
    api::Value pod;
    std::string uid, ns, name, nodeName;
    int priority = 0;
    bool terminating = false;
    Resources requests;
    // What scoring counts for pods that ask for nothing (100m, 200 MiB a container), as upstream.
    std::int64_t scoreCpuMilli = 0, scoreMemoryBytes = 0;
    std::vector<Toleration> tolerations;
    std::vector<HostPort> hostPorts;
    bool hasNodeRequirement = false;
    api::LabelSelector nodeSelector; // spec.nodeSelector
    bool hasNodeTerms = false;
    std::vector<NodeSelectorTerm> nodeTerms; // required: one of them has to match
    std::vector<PreferredNodeTerm> preferredNodes;
    std::vector<PodAffinityTerm> affinity, antiAffinity, preferredAffinity, preferredAntiAffinity;
    std::vector<SpreadConstraint> spread;

    bool tolerates(const Taint& taint) const;
    bool fitsNodeSelection(const api::Value& nodeLabels, const std::string& nodeName) const; // nodeSelector and required node affinity
    static std::shared_ptr<const PodInfo> parse(const api::Value& pod);
};

} // namespace kates::scheduler
