// A job's spec, which a cron job's template has too.
#pragma once

#include "engine/api/field_errors.h"

namespace kates::apiserver {

// Defaults that depend on each other: completions and parallelism, the back-off limit, the replacement policy.
void prepareJobSpec(api::Value& spec);
void validateJobSpec(const api::FieldPath& path, const api::Value& spec, api::FieldErrors& errors);

} // namespace kates::apiserver
