// Kinds that are another view of the same stored objects (KindDescription::storedAs): events.k8s.io/v1 Event and v1 Event,
// autoscaling/v1 and v2 HorizontalPodAutoscaler. Pure functions; nothing is lost on the way there and back.
#pragma once

#include "engine/api/schema.h"

namespace kates::api {

// `object` of `kind` as the stored kind writes it, apiVersion and kind included. As it is when the kind is stored itself.
[[nodiscard]] Value toStored(const KindDescription& kind, const Value& object);
[[nodiscard]] Value fromStored(const KindDescription& kind, const Value& stored);

} // namespace kates::api
