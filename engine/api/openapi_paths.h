// The paths of one group version, with what kubectl looks for in them: each operation's kind, the patch types and the query parameters.
// Internal to openapi*.cpp.
#pragma once

#include "engine/api/openapi_schemas.h"

namespace kates::api::openapi {

// Adds the operations of the kind to `paths` and the schemas that they use to `definitions`.
void addPaths(const Scheme& scheme, const KindDescription& kind, Definitions& definitions, Value& paths);

} // namespace kates::api::openapi
