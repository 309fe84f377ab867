// Checks of a Service's spec, with upstream's sentences. Allocation of addresses and ports is not here: it needs to know the other services.
#pragma once

#include "engine/api/field_errors.h"

namespace kates::apiserver {

void validateServiceSpec(const api::FieldPath& path, const api::Value& spec, api::FieldErrors& errors);

} // namespace kates::apiserver
