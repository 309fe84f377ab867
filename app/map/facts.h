// What the lenses need to know of nodes and pods, read once per change.
#pragma once

#include <QStringList>

#include "app/objects/object_state.h"

namespace kates::app {

struct NodeFacts {
    StateAndText status;
    bool simulated = false;
    bool controlPlane = false;
    QStringList badges; // roles, "simulated", "cordoned"
    QString zone;
    qint64 cpuMilli = 0, memoryBytes = 0, podsMax = 0; // allocatable
};
[[nodiscard]] NodeFacts nodeFacts(const api::Value& node);

struct PodFacts {
    QString name, ns, node;
    PodSummary summary;
    int width = 1, height = 1; // in grid units, by the requests
    qint64 cpuMilli = 0, memoryBytes = 0; // requests
    bool system = false;
    bool finished = false;
};
[[nodiscard]] PodFacts podFacts(const api::Value& pod);

[[nodiscard]] QString cpuText(qint64 milli); // "250m", "1.5", "4"
[[nodiscard]] QString bytesText(qint64 bytes); // "64 Mi", "1.5 Gi"

} // namespace kates::app
