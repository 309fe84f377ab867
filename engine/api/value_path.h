// Reading a document by a JSON path, as printer columns of descriptions and of custom resources name their cells.
#pragma once

#include <string_view>
#include <vector>

#include "engine/api/value.h"

namespace kates::api {

// Understands .name ['name'] [0] [-1] [*] [?(@.type=="Ready")], with "\." for a dot inside a name. The path may stand in braces.
// Gives every value it leads to, in document order; none when it leads nowhere or is malformed. The pointers last as long as `root`.
[[nodiscard]] std::vector<const Value*> valuesAt(const Value& root, std::string_view path);

} // namespace kates::api
