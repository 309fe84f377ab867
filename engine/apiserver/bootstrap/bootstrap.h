// The objects that every cluster has from its first moment: namespaces, built-in roles, priority classes. What exists already is left alone.
#pragma once

#include "engine/apiserver/registry/registry.h"

namespace kates::apiserver {

[[nodiscard]] Task<Result<void>> bootstrap(Registry& registry);

} // namespace kates::apiserver
