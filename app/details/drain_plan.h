// What draining a node does with each of its pods, by kubectl drain's rules. Pure.
#pragma once

#include <QString>

#include "engine/api/value.h"

namespace kates::app {

struct DrainOptions {
    bool deleteEmptyDir = false;
    bool force = false; // pods that no controller brings back
};

struct DrainVerdict {
    enum class Kind {
        Evict,
        Stays, // never evicted: a DaemonSet would put it back, or the node itself runs it
        NeedsConsent, // only with an option
    };
    Kind kind = Kind::Evict;
    QString why; // for what is not evicted
    bool needsEmptyDir = false, needsForce = false; // the options that would evict it
};

[[nodiscard]] DrainVerdict drainVerdict(const api::Value& pod, const DrainOptions& options);

} // namespace kates::app
