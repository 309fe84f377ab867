#include "engine/launcher/process_record.h"

#include <cstdio>
#include <sstream>

#include "engine/base/files.h"

namespace kates::launcher {

std::optional<std::uint64_t> processStartTime(int pid)
{
    auto text = readFile("/proc/" + std::to_string(pid) + "/stat", 4096);
    if (!text)
        return std::nullopt;
    // The second field is the program's name in parentheses, and may hold anything.
    const auto end = text->rfind(')');
    if (end == std::string::npos)
        return std::nullopt;
    std::istringstream fields(text->substr(end + 1));
    std::string field, state;
    fields >> state;
    if (state == "Z" || state == "X")
        return std::nullopt;
    for (int i = 4; i <= 21; ++i)
        fields >> field;
    std::uint64_t startTime = 0;
    fields >> startTime;
    return startTime;
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
