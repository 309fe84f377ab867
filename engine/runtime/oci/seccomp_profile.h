// The default seccomp profile: which system calls a container may use. The facts are those of the profiles of moby and containers-common: a call is
// allowed unless it reaches beyond the container; some come with a capability. An unknown call answers ENOSYS, so that programs fall back; a known
// one that is not allowed answers EPERM.
#pragma once

#include <set>
#include <string>

#include "engine/api/value.h"

namespace kates::runtime {

// linux.seccomp of the runtime-spec, for a container with these capabilities ("CAP_…").
[[nodiscard]] api::Value seccompProfile(const std::set<std::string>& capabilities);

} // namespace kates::runtime
