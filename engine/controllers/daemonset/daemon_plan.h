// What a daemon set's next step is, from its nodes and pods: pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/loop.h"
#include "engine/controllers/daemonset/daemon_pods.h"

namespace kates::controllers {

struct DaemonState {
    const api::Value& daemonSet;
    const std::vector<api::Value>& nodes;
    const std::map<std::string, std::vector<api::Value>>& podsByNode; // the oldest first
    std::string_view revisionHash;
    WallTime now;
};

struct DaemonPlan {
    std::vector<std::string> createOn; // nodes
    std::vector<api::Value> remove;    // pods
    std::vector<api::Value> failed;    // pods that ended: to be removed too, with back-off
};

// One pod on each node where one belongs, none elsewhere, none twice.
DaemonPlan planDaemonPods(const DaemonState& state);
// Pods of older revisions, as far as maxUnavailable or maxSurge allows now. To be asked for when nothing else is to do.
DaemonPlan planDaemonUpdate(const DaemonState& state);

// The whole status.
api::Value daemonSetStatus(const DaemonState& state);

} // namespace kates::controllers
