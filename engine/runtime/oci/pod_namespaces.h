// What the containers of a pod share beside their network: an IPC namespace and /dev/shm. Both are mounts, no process holds them.
#pragma once

#include <filesystem>

#include "engine/base/result.h"

namespace kates::runtime {

// A new IPC namespace, kept alive by being bind-mounted at `path`. Blocks shortly.
[[nodiscard]] Result<void> makeIpcNamespace(const std::filesystem::path& path);
[[nodiscard]] Result<void> mountShm(const std::filesystem::path& path);
// Whether a namespace is mounted there: not after a reboot.
[[nodiscard]] bool isNamespaceFile(const std::filesystem::path& path);

} // namespace kates::runtime
