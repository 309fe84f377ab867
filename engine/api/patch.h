// The four patch forms, as pure functions from a document to a document.
#pragma once

#include "engine/api/schema.h"
#include "engine/api/status.h"

namespace kates::api {

inline constexpr std::size_t kJsonPatchOperationsMax = 10'000;
inline constexpr std::size_t kJsonPatchCopiedBytesMax = 8u << 20; // what all copy operations together add, in memory
inline constexpr std::size_t kJsonPatchMovedCellsMax = 100'000'000; // list items and members that insertions and removals shift
inline constexpr int kPatchedDepthMax = 100; // nesting of the result, as ParseLimits::depthMax

// RFC 6902. All or nothing. A malformed operation is 400; one that does not fit the object, a failed test among them, 422 Invalid, as
// upstream; over a limit 413. The message names the operation by its index and path.
[[nodiscard]] ApiResult<Value> applyJsonPatch(const Value& target, const Value& operations);

// RFC 7386.
[[nodiscard]] Value applyMergePatch(const Value& target, const Value& patch);

// Strategic merge patch with $patch (replace, delete, merge), $deleteFromPrimitiveList, $setElementOrder and $retainKeys, by the
// description's merge keys. What the description does not know is merged as RFC 7386 does. Errors are 400.
[[nodiscard]] ApiResult<Value> applyStrategicMergePatch(const TypeDescription& type, const Value& target, const Value& patch);

} // namespace kates::api
