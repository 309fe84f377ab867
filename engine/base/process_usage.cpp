#include "engine/base/process_usage.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <unistd.h>

#include "engine/base/blocking.h"
#include "engine/base/files.h"
#include "engine/base/process_stat.h"

namespace kates {

namespace {

constexpr std::size_t kCommandMaxBytes = 64u << 10;
constexpr std::string_view kPersist = "--persist-dir";

std::optional<ProcessSample> sampleOf(const ProcessStat& stat)
{
    const auto parent = stat.number(ProcessStat::kParent), start = stat.number(ProcessStat::kStartTime), pages = stat.number(ProcessStat::kResidentPages);
    if (!parent || !start)
        return std::nullopt;
    ProcessSample sample;
    sample.parent = static_cast<int>(*parent);
    sample.startTime = *start;
    for (int time : {ProcessStat::kUserTime, ProcessStat::kSystemTime, ProcessStat::kChildrenUserTime, ProcessStat::kChildrenSystemTime})
        sample.ticks += stat.number(time).value_or(0);
    sample.memoryBytes = pages.value_or(0) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return sample;
}

std::string persistDirectory(const std::filesystem::path& process)
{
    const std::string words = readFile(process / "cmdline", kCommandMaxBytes).value_or(std::string());
    const auto option = words.find(std::string(kPersist) + '\0');
    return option == std::string::npos ? std::string() : std::string(words.c_str() + option + kPersist.size() + 1);
}

using Children = std::multimap<int, int>; // by parent

Children childrenIn(const ProcessTable& table)
{
    Children children;
    for (const auto& [pid, sample] : table)
        children.emplace(sample.parent, pid);
    return children;
}

// `pid` and all that descend from it.
void addTree(const Children& children, int pid, std::set<int>& into)
{
    if (!into.insert(pid).second)
        return;
    for (auto [child, end] = children.equal_range(pid); child != end; ++child)
        addTree(children, child->second, into);
}

} // namespace

ProcessTable sampleProcesses(const std::filesystem::path& proc)
{
    ProcessTable table;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(proc, ignored)) {
        const std::string name = entry.path().filename().string();
        int pid = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), pid).ptr != name.data() + name.size())
            continue;
        const auto stat = ProcessStat::read(entry.path());
        auto sample = stat ? sampleOf(*stat) : std::nullopt;
        if (!sample)
            continue; // it has ended
        if (stat->name() == "conmon")
            sample->conmonOf = persistDirectory(entry.path());
        table.emplace(pid, std::move(*sample));
    }
    return table;
}

ProcessGroups groupsOf(const ProcessTable& table, int pid, const std::filesystem::path& directory)
{
    const Children children = childrenIn(table);
    std::set<int> pods, own;
    const std::string below = directory.string() + "/";
    for (const auto& [monitor, sample] : table)
        if (sample.conmonOf.starts_with(below))
            addTree(children, monitor, pods);
    if (table.contains(pid))
        addTree(children, pid, own);
    ProcessGroups groups;
    groups.pods.assign(pods.begin(), pods.end());
    std::set_difference(own.begin(), own.end(), pods.begin(), pods.end(), std::back_inserter(groups.own));
    return groups;
}

std::vector<int> containerGroup(const ProcessTable& table, const std::string& containerId)
{
    const std::string end = "/" + containerId;
    for (const auto& [monitor, sample] : table) {
        if (containerId.empty() || !sample.conmonOf.ends_with(end))
            continue;
        std::set<int> members;
        addTree(childrenIn(table), monitor, members);
        members.erase(monitor);
        return {members.begin(), members.end()};
    }
    return {};
}

Usage usageOf(const ProcessTable& before, const ProcessTable& after, const std::vector<int>& group, std::chrono::nanoseconds between)
{
    Usage usage;
    std::int64_t ticks = 0;
    const std::set<int> members(group.begin(), group.end());
    for (int pid : group) {
        const ProcessSample& now = after.at(pid);
        const auto then = before.find(pid);
        const bool same = then != before.end() && then->second.startTime == now.startTime;
        ticks += static_cast<std::int64_t>(now.ticks) - (same ? static_cast<std::int64_t>(then->second.ticks) : 0);
        usage.memoryBytes += now.memoryBytes;
    }
    // A child that ended is in its parent's count whole: what it had used before was counted then.
    for (const auto& [pid, then] : before)
        if (members.contains(then.parent) && !after.contains(pid))
            ticks -= static_cast<std::int64_t>(then.ticks);
    const double seconds = std::chrono::duration<double>(between).count();
    if (ticks > 0 && seconds > 0)
        usage.cpuMilli = static_cast<std::int64_t>(static_cast<double>(ticks) * 1000.0 / static_cast<double>(::sysconf(_SC_CLK_TCK)) / seconds + 0.5);
    return usage;
}

Task<UsageMeter::Look> UsageMeter::lookNow()
{
    auto table = co_await runBlocking(m_loop, [] { return sampleProcesses(); });
    co_return Look{m_loop.now(), std::move(table)};
}

Task<UsageMeter::Looks> UsageMeter::look()
{
    std::optional<Look> before = m_last;
    const bool fits = before && m_loop.now() - before->time >= kUsageWindowMin && m_loop.now() - before->time <= kUsageWindowMax;
    if (!fits) {
        before = co_await lookNow();
        (void)co_await sleepFor(m_loop, kUsageWindowMin);
    }
    Look after = co_await lookNow();
    m_last = after;
    co_return Looks{std::move(before->table), std::move(after.table), after.time - before->time};
}

} // namespace kates
