// Linux capabilities by name.
#pragma once

#include <set>
#include <string>

#include "engine/runtime/container_runtime.h"

namespace kates::runtime {

// What a container gets: the default set (as with Docker and containerd), all when privileged, then what is added and dropped. Never more than this
// process has: nobody can give away what he lacks. Unknown names are an error.
[[nodiscard]] Result<std::set<std::string>> containerCapabilities(const SecurityContext& security, const std::set<std::string>& available);

// This process's effective capabilities, as "CAP_…".
[[nodiscard]] std::set<std::string> ownCapabilities();

} // namespace kates::runtime
