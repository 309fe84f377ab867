// The seam between the scheduling cycle and what decides: plugins, as in upstream's scheduling framework. A plugin is a small class with a state per cycle; the
// cycle asks every filter for every node until enough nodes fit, then every score for those.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/scheduler/cache.h"

namespace kates::scheduler {

constexpr int kScoreMax = 100;

// Why a node does not fit. `message` is what the event counts: "Insufficient cpu", "node(s) had untolerated taint {…}". Empty: it fits.
struct Verdict {
    std::string message;
    // Removing pods from the node can't help: preemption does not try.
    bool unresolvable = false;
    bool fits() const { return message.empty(); }
};

// One pod's cycle for one plugin. Created by prepare(), used at once, thrown away.
class FilterCycle {
public:
    virtual ~FilterCycle() = default;
    virtual Verdict filter(const NodeInfo& node) = 0;
};

class FilterPlugin {
public:
    virtual ~FilterPlugin() = default;
    virtual const char* name() const = 0;
    // nullptr: this pod does not concern the plugin, every node fits.
    virtual std::unique_ptr<FilterCycle> prepare(const PodInfo& pod, const Cache& cache) const = 0;
};

class ScorePlugin {
public:
    virtual ~ScorePlugin() = default;
    virtual const char* name() const = 0;
    virtual int weight() const = 0;
    // Fills one score per node, 0 … kScoreMax, higher is better. False: this pod does not concern the plugin.
    virtual bool score(const PodInfo& pod, const Cache& cache, const std::vector<NodeInfo*>& nodes, std::vector<double>& scores) const = 0;
};

struct Plugins {
    std::vector<std::unique_ptr<FilterPlugin>> filters; // cheap and decisive ones first
    std::vector<std::unique_ptr<ScorePlugin>> scores;
    static Plugins defaults();
};

// Scales raw values to 0 … kScoreMax; `reverse`: the smallest is the best.
void normalise(std::vector<double>& scores, bool reverse = false);

} // namespace kates::scheduler
