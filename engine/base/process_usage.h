// What processes use, from /proc: one look at all of them, and the difference of two looks. Reads a few files for each process of the host: call sample()
// on a thread of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/loop.h"
#include "engine/base/task.h"

namespace kates {

struct ProcessSample {
    int parent = 0;
    std::uint64_t startTime = 0; // tells it from a later process with the same pid
    std::uint64_t ticks = 0;     // of CPU, its own and of children that it has waited for
    std::uint64_t memoryBytes = 0;
    std::string conmonOf; // of a container's monitor: the directory that it keeps its container in
};
using ProcessTable = std::map<int, ProcessSample>;

[[nodiscard]] ProcessTable sampleProcesses(const std::filesystem::path& proc = "/proc");

// Those that a node's process started and their descendants, and apart from them the containers with their monitors (which are nobody's children).
struct ProcessGroups {
    std::vector<int> own, pods;
};
// `directory`: of the machine; its containers are kept below it.
[[nodiscard]] ProcessGroups groupsOf(const ProcessTable& table, int pid, const std::filesystem::path& directory);

// One container's processes, without its monitor; empty: none of that id runs.
[[nodiscard]] std::vector<int> containerGroup(const ProcessTable& table, const std::string& containerId);

struct Usage {
    std::int64_t cpuMilli = 0; // over the time between the two looks
    std::uint64_t memoryBytes = 0;
};
// Of `group` as it is in `after`. A process that came meanwhile counts from its start; what one used that went meanwhile counts as far as its parent knows.
[[nodiscard]] Usage usageOf(const ProcessTable& before, const ProcessTable& after, const std::vector<int>& group, std::chrono::nanoseconds between);

// The clock of processes ticks every 10 ms: over less time than this the figures say little, and over much more not what is now.
constexpr auto kUsageWindowMin = std::chrono::milliseconds(500);
constexpr auto kUsageWindowMax = std::chrono::seconds(60);

// Looks when somebody asks, and keeps the last look, so that who asks again gets the use since then. In between nothing runs.
class UsageMeter {
public:
    explicit UsageMeter(Loop& loop) : m_loop(loop) {}
    struct Looks {
        ProcessTable before, after;
        std::chrono::nanoseconds between{};
    };
    // Takes kUsageWindowMin when the last look is too long ago.
    [[nodiscard]] Task<Looks> look();

private:
    struct Look {
        MonotonicTime time;
        ProcessTable table;
    };
    Task<Look> lookNow();
    Loop& m_loop;
    std::optional<Look> m_last;
};

} // namespace kates
