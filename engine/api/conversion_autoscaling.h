// autoscaling/v1 knows one metric, CPU utilisation; v2 knows a list. What v1 cannot say travels in an annotation, so nothing is lost.
// Internal to conversion.cpp.
#pragma once

#include "engine/api/value.h"

namespace kates::api {

inline constexpr std::string_view kAutoscalerV2Annotation = "engine.kates.dev/autoscaling-v2";

void autoscalerToV2(Value& object);
void autoscalerToV1(Value& object);

} // namespace kates::api
