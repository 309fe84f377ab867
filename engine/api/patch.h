// The four patch forms, as pure functions from a document to a document.
#pragma once

#include "engine/api/schema.h"
#include "engine/api/status.h"

namespace kates::api {

// RFC 6902. At most 10,000 operations; a failed test is 422 Invalid, as upstream.
[[nodiscard]] ApiResult<Value> applyJsonPatch(const Value& target, const Value& operations);
// RFC 7386.
[[nodiscard]] Value applyMergePatch(const Value& target, const Value& patch);
// Strategic merge patch with $patch, $deleteFromPrimitiveList, $setElementOrder and $retainKeys, by the description's merge keys.
[[nodiscard]] ApiResult<Value> applyStrategicMergePatch(const TypeDescription& type, const Value& target, const Value& patch);

} // namespace kates::api
