// The mounts and device nodes of a container's config.json. Pure, except hostDevices().
#pragma once

#include <string>
#include <vector>

#include "engine/api/value.h"

namespace kates::runtime {

struct SpecInput;

[[nodiscard]] api::Value containerMounts(const SpecInput& input);

// The host's device files, for a privileged container; without those that a container has of its own (terminals, /dev/shm …).
[[nodiscard]] std::vector<std::string> hostDevices();
[[nodiscard]] api::Value deviceNodes(const std::vector<std::string>& paths);

} // namespace kates::runtime
