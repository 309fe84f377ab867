// A pid on disk that can be trusted: together with the process's start time it names one process for ever.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "engine/base/result.h"

namespace kates::launcher {

struct ProcessRecord {
    int pid = 0;
    std::uint64_t startTime = 0; // clock ticks since boot, field 22 of /proc/<pid>/stat
};

[[nodiscard]] std::optional<std::uint64_t> processStartTime(int pid); // nullopt: no such process
[[nodiscard]] Result<void> writeProcessRecord(const std::filesystem::path& file, int pid);
// The recorded process, if it still lives.
[[nodiscard]] std::optional<ProcessRecord> readProcessRecord(const std::filesystem::path& file);

} // namespace kates::launcher
