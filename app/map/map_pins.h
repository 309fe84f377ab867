// What people put where themselves: the corners of cards in the world, by key.
#pragma once

#include <QHash>
#include <QPointF>

#include "app/map/map_scene.h"

namespace kates::app {

inline constexpr int kPinsMax = 500; // of one map

using MapPins = QHash<QString, QPointF>;

// Moves the pinned cards to their places, with their cells, and a group with everything in it that is not pinned itself.
void applyPins(MapScene& scene, const MapPins& pins);

} // namespace kates::app
