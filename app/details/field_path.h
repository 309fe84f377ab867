// Where a field stands in a document: keys and indexes from the root. Pure.
#pragma once

#include <QString>

#include <string>
#include <variant>
#include <vector>

#include "engine/api/value.h"

namespace kates::app {

using FieldStep = std::variant<std::string, std::size_t>;
using FieldPath = std::vector<FieldStep>;

[[nodiscard]] QString toText(const FieldPath& path); // spec.containers[0].image

// What a server calls a field: "spec.containers[0].image" (validation) or ".spec.containers[name=\"web\"].image" (managed fields). Names may hold
// dots, so the longest member that fits is taken; it ends at the first step that `document` does not have. Empty: nothing fits.
[[nodiscard]] FieldPath resolveField(const api::Value& document, std::string_view text);

[[nodiscard]] const api::Value& valueAt(const api::Value& document, const FieldPath& path);

} // namespace kates::app
