// What the details drawer says of an object: short facts, desired against observed, conditions and containers. Pure.
#pragma once

#include <QDateTime>
#include <QVariantList>

#include "engine/api/value.h"

namespace kates::app {

// Maps {key, value, code}.
[[nodiscard]] QVariantList factsOf(const api::Value& object);
// Maps {label, desired, observed, met}: what a controller should reach and what it has.
[[nodiscard]] QVariantList gaugesOf(const api::Value& object);
// Maps {type, status, state, reason, message, since}; `state` is an ObjectState by what the condition's type means when it is true.
[[nodiscard]] QVariantList conditionsOf(const api::Value& object);
// Maps {name, image, state, text, reason, restarts, init}.
[[nodiscard]] QVariantList containersOf(const api::Value& pod);
// Maps {key, value}.
[[nodiscard]] QVariantList pairsOf(const api::Value& map);

} // namespace kates::app
