// Regular expressions of descriptions and custom resources: RE2, the syntax and the linear time that Go has.
#pragma once

#include <string>
#include <string_view>

namespace kates::api {

// Whether the text contains a match (anchors are up to the pattern). A pattern that does not compile matches nothing.
// Compiled patterns are kept (bounded). Any thread.
[[nodiscard]] bool matchesPattern(const std::string& pattern, std::string_view text);

} // namespace kates::api
