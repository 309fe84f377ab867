// Which nodes a daemon set's pods belong to, and how such a pod looks: pure functions.
#pragma once

#include <string>

#include "engine/api/value.h"

namespace kates::controllers {

struct NodeVerdict {
    bool shouldRun = false;      // a pod belongs here
    bool mayStay = false;        // one that is here need not go
};
NodeVerdict daemonVerdict(const api::Value& daemonSet, const api::Value& node);

// The node that a daemon pod is on or, before it is bound, is meant for.
std::string daemonPodNode(const api::Value& pod);

// A pod of this revision for this node: tied to it by node affinity, tolerating what node controllers put on nodes in trouble.
api::Value daemonPod(const api::Value& daemonSet, std::string_view revisionHash, std::string_view node);

} // namespace kates::controllers
