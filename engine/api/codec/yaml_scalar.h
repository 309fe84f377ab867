// What a plain YAML scalar means. Internal to yaml*.cpp.
#pragma once

#include "engine/api/value.h"

namespace kates::api {

// By the rules of go-yaml v2, as yaml.h says. Text that is nothing else is a string; .nan and .inf are doubles.
[[nodiscard]] Value resolvePlainScalar(std::string_view text);

} // namespace kates::api
