// Small experiments that say what this kernel lets this user do. Each runs in a child process with throw-away namespaces and leaves nothing.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"

namespace kates::launcher {

// A user namespace (when not root) with new mount and network namespaces in it.
[[nodiscard]] Result<void> probeNamespaces();
// An overlay mount inside such namespaces, with its layers in `directory` (it must exist and be writable).
[[nodiscard]] Result<void> probeOverlay(const std::string& directory);
// A network link of this kind ("veth", "bridge").
[[nodiscard]] Result<void> probeLink(const std::string& kind);
// A program that must end with status 0 in such namespaces.
[[nodiscard]] Result<void> probeProgram(const std::vector<std::string>& words);
// Where a program is, as PATH and the sbin directories say; empty when it is not installed.
[[nodiscard]] std::string findProgram(const std::string& name);

} // namespace kates::launcher
