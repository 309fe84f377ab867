// An object's conditions in words. Pure.
#pragma once

#include <QVariantList>

#include "engine/api/value.h"

namespace kates::app {

inline constexpr int kConditionsMax = 100;

// Maps {type, status, state, reason, message, since, stale}. `state` is an ObjectState by what the condition's type means when it is true; `message`
// is the controller's, or ours for a well-known condition that comes without one; `stale`: its controller has not seen the newest spec yet.
[[nodiscard]] QVariantList conditionsOf(const api::Value& object);

// One sentence when the controller is behind the spec (status.observedGeneration), else empty.
[[nodiscard]] QString lagOf(const api::Value& object);

} // namespace kates::app
