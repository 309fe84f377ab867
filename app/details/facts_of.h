// What the details drawer says of an object: short facts, desired against observed, containers. Pure.
#pragma once

#include <QDateTime>
#include <QVariantList>

#include "engine/api/value.h"

namespace kates::app {

inline constexpr int kPairsMax = 200; // what an object has beyond these is in its YAML
inline constexpr int kContainersMax = 100;

// Maps {key, value, code}.
[[nodiscard]] QVariantList factsOf(const api::Value& object);
// Maps {label, desired, observed, met}: what a controller should reach and what it has.
[[nodiscard]] QVariantList gaugesOf(const api::Value& object);
// Maps {name, image, state, text, reason, restarts, init}.
[[nodiscard]] QVariantList containersOf(const api::Value& pod);
// Maps {key, value}.
[[nodiscard]] QVariantList pairsOf(const api::Value& map);

} // namespace kates::app
