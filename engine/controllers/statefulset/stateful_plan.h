// What a stateful set does next: pure. With OrderedReady at most one pod is created or deleted at a time, and only when those before it are
// available.
#pragma once

#include <string_view>
#include <vector>

#include "engine/base/loop.h"
#include "engine/controllers/statefulset/stateful_pods.h"

namespace kates::controllers {

struct StatefulState {
    const api::Value& set;
    const std::vector<api::Value>& pods;
    std::string_view currentRevision, updateRevision; // names of ControllerRevisions
    WallTime now;
};

struct StatefulPlan {
    struct Creation {
        std::int64_t ordinal;
        bool updated; // of the update revision, else of the current one
    };
    std::vector<Creation> create;
    std::vector<api::Value> remove;
};

StatefulPlan planStatefulSet(const StatefulState& state);
// The whole status. The current revision moves to the update revision when every pod is of it and ready.
api::Value statefulSetStatus(const StatefulState& state);

} // namespace kates::controllers
