// What controllers ask of a pod, and how a template becomes one.
#pragma once

#include <optional>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/loop.h"

namespace kates::controllers {

bool podTerminal(const api::Value& pod); // Succeeded or Failed
bool podActive(const api::Value& pod);   // not terminal, not being deleted
bool podReady(const api::Value& pod);
std::optional<WallTime> podReadySince(const api::Value& pod);
// Ready for at least this long.
bool podAvailable(const api::Value& pod, std::int64_t minReadySeconds, WallTime now);
// How long until the next of these pods becomes available by time passing, which no event tells; nullopt: none will.
std::optional<Duration> soonestAvailability(const std::vector<api::Value>& pods, std::int64_t minReadySeconds, WallTime now);
// The most restarts of any of its containers.
std::int64_t podRestarts(const api::Value& pod);

// A pod of this PodTemplateSpec, controlled by `owner`, its name generated from the owner's.
api::Value podFromTemplate(const api::Value& podTemplate, const api::Value& owner);

} // namespace kates::controllers
