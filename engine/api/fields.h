// What a description says about one object: unknown fields, wrong types, canonical forms, defaults, required fields.
// Pure functions; a part of an object that does not change keeps its storage.
//
// The order for a write: checkTypes, pruneUnknownFields, canonicalize, applyDefaults, (strategy), validateFields.
#pragma once

#include "engine/api/schema.h"
#include "engine/api/status.h"

namespace kates::api {

// Removes what the description does not know and reports it as strict decoding does: unknown field "spec.containers[0].foo". Nulls of known
// fields go too: they mean "absent".
void pruneUnknownFields(const TypeDescription& type, Value& object, std::vector<std::string>& unknownFields);
// A value of the wrong JSON type, an integer out of range, a malformed time, quantity or base64 is a 400, as a decode error is upstream; the message
// names the path, what is there and what is expected. Null is right for every field.
[[nodiscard]] ApiResult<void> checkTypes(const TypeDescription& type, const Value& object);
// Writes quantities and times as Go does: {cpu: 0.5} becomes "500m", a time with an offset becomes UTC. Call after checkTypes.
void canonicalize(const TypeDescription& type, Value& object);
// Fills in the static defaults. A zero ("", 0, false) counts as absent unless Go has a pointer there.
void applyDefaults(const TypeDescription& type, Value& object);
// Required (not inside a top-level "status"), enum, minimum, maximum, pattern, duplicate keys of list-maps and sets. `path` is the prefix ("spec").
void validateFields(const TypeDescription& type, const Value& object, std::string_view path, std::vector<StatusCause>& causes);

} // namespace kates::api
