// What the lenses need to know of nodes and pods, read once per change.
#pragma once

#include <QStringList>

#include "app/map/map_scene.h"

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
    QString kin; // the controller that it belongs to, or ""
    MapContainers containers;
};
[[nodiscard]] PodFacts podFacts(const api::Value& pod);

// Init containers first, then the others, with what their statuses say.
[[nodiscard]] MapContainers mapContainersOf(const api::Value& pod);

[[nodiscard]] QString cpuText(qint64 milli); // "250m", "1.5", "4"
[[nodiscard]] QString bytesText(qint64 bytes); // "64 Mi", "1.5 Gi"

} // namespace kates::app
