#include "engine/launcher/process_record.h"

#include <cstdio>
#include <sstream>

#include "engine/base/files.h"
#include "engine/base/process_stat.h"

namespace kates::launcher {

std::optional<std::uint64_t> processStartTime(int pid)
{
    const auto stat = ProcessStat::of(pid);
    return stat && !stat->hasEnded() ? stat->number(ProcessStat::kStartTime) : std::nullopt;
}

Result<void> writeProcessRecord(const std::filesystem::path& file, int pid)
{
    auto startTime = processStartTime(pid);
    if (!startTime)
        return failure("the process " + std::to_string(pid) + " has ended already");
    return writeFileAtomically(file, std::to_string(pid) + " " + std::to_string(*startTime) + "\n", 0600);
}

std::optional<ProcessRecord> readProcessRecord(const std::filesystem::path& file)
{
    auto text = readFile(file, 256);
    if (!text)
        return std::nullopt;
    ProcessRecord record;
    std::istringstream fields(*text);
    fields >> record.pid >> record.startTime;
    if (record.pid <= 0 || processStartTime(record.pid) != record.startTime)
        return std::nullopt;
    return record;
}

} // namespace kates::launcher
