// Defaults of pods that depend on other fields, and what follows from a pod's resources.
#pragma once

#include "engine/api/value.h"

namespace kates::apiserver {

// Of a pod's or a template's spec: image pull policies, volumes without a source, host ports, the deprecated serviceAccount alias.
void preparePodSpec(api::Value& spec);

// Of a pod only: requests from limits, and the first status. (Service account, priority and tolerations are admission's: they need other objects.)
void preparePod(api::Value& pod, std::string_view now);

// Guaranteed, Burstable or BestEffort.
[[nodiscard]] std::string_view qosClass(const api::Value& spec);

} // namespace kates::apiserver
