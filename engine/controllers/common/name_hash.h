// Short, stable names for content: the same document always gives the same letters, in whatever order its members stand.
#pragma once

#include <string>

#include "engine/api/value.h"

namespace kates::controllers {

// FNV-1a (32 bits) of the canonical JSON and, from the first collision on, of the count; its decimal digits in the letters that Kubernetes uses for
// generated names.
std::string nameHash(const api::Value& content, std::int64_t collisionCount);

} // namespace kates::controllers
