// Attaching to a running container through its conmon: a socket of packets, the first byte of each saying which stream it belongs to.
#pragma once

#include <filesystem>

#include "engine/runtime/container_runtime.h"

namespace kates::runtime {

[[nodiscard]] Result<std::unique_ptr<ExecSession>> attachTo(Loop& loop, std::filesystem::path bundle, bool stdin, bool tty);

enum class ConmonControl { Resize = 1, ReopenLog = 2 };
// Tells the conmon of the container; for Resize the numbers are rows and columns.
[[nodiscard]] Result<void> tellConmon(const std::filesystem::path& bundle, ConmonControl what, int rows = 0, int columns = 0);

} // namespace kates::runtime
