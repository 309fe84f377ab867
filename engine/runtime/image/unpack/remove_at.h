// Removing a tree that somebody else filled: never through a symbolic link, with a bounded number of open directories.
#pragma once

#include <string>

#include "engine/base/result.h"

namespace kates::runtime {

// `path` relative to the open directory; nothing there is no error.
[[nodiscard]] Result<void> removeAt(int directory, const std::string& path);

} // namespace kates::runtime
