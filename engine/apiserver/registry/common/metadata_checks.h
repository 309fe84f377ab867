// What metadata must look like, for every kind.
#pragma once

#include "engine/apiserver/registry/strategy.h"

namespace kates::apiserver {

inline constexpr std::size_t kAnnotationsBytesMax = 256u << 10;

void validateMetadata(const api::KindDescription& kind, const Strategy& strategy, const api::Value& object, api::FieldErrors& errors);
void validateMetadataUpdate(const api::Value& object, const api::Value& old, api::FieldErrors& errors);

// Also of pod templates and of anything else that carries labels and annotations.
void validateLabels(const api::FieldPath& path, const api::Value& labels, api::FieldErrors& errors);
void validateAnnotations(const api::FieldPath& path, const api::Value& annotations, api::FieldErrors& errors);

} // namespace kates::apiserver
