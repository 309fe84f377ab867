// What a description says about one object: unknown fields, wrong types, defaults, required fields.
#pragma once

#include "engine/api/schema.h"
#include "engine/api/status.h"

namespace kates::api {

// Removes what the description does not know and reports it as strict decoding does: unknown field "spec.foo".
void pruneUnknownFields(const TypeDescription& type, Value& object, std::vector<std::string>& unknownFields);
// A value of the wrong JSON type is a 400, as a decode error is upstream; the message names the path.
[[nodiscard]] ApiResult<void> checkTypes(const TypeDescription& type, const Value& object);
void applyDefaults(const TypeDescription& type, Value& object);
// Required, enum, minimum, maximum, pattern, duplicate keys of list-maps and sets. `path` is the prefix ("spec").
void validateFields(const TypeDescription& type, const Value& object, std::string_view path, std::vector<StatusCause>& causes);

} // namespace kates::api
