#include "engine/base/process_usage.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <set>
#include <unistd.h>

#include "engine/base/blocking.h"
#include "engine/base/files.h"

namespace kates {

namespace {

constexpr std::size_t kStatMaxBytes = 4096;
constexpr std::size_t kCommandMaxBytes = 64u << 10;
constexpr std::string_view kPersist = "--persist-dir";

bool readStat(const std::string& text, ProcessSample& sample, bool& conmon)
{
    // The name may hold anything, so what follows it is looked for from the end.
    const auto open = text.find('('), close = text.rfind(')');
    if (open == std::string::npos || close == std::string::npos)
        return false;
    conmon = text.substr(open + 1, close - open - 1) == "conmon";
    unsigned long user = 0, system = 0, start = 0;
    long childrenUser = 0, childrenSystem = 0, pages = 0;
    const int read = std::sscanf(text.c_str() + close + 1, " %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %ld %ld %*d %*d %*d %*d %lu %*u %ld", &sample.parent,
        &user, &system, &childrenUser, &childrenSystem, &start, &pages);
    sample.ticks = user + system + static_cast<unsigned long>(childrenUser + childrenSystem);
    sample.startTime = start;
    sample.memoryBytes = static_cast<std::uint64_t>(std::max(pages, 0L)) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return read == 7;
}

std::string persistDirectory(const std::filesystem::path& process)
{
    const std::string words = readFile(process / "cmdline", kCommandMaxBytes).value_or(std::string());
    const auto option = words.find(std::string(kPersist) + '\0');
    return option == std::string::npos ? std::string() : std::string(words.c_str() + option + kPersist.size() + 1);
}

// `pid` and all that descend from it.
void addTree(const std::multimap<int, int>& children, int pid, std::set<int>& into)
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
        ProcessSample sample;
        bool conmon = false;
        if (!readStat(readFile(entry.path() / "stat", kStatMaxBytes).value_or(std::string()), sample, conmon))
            continue; // it has ended
        if (conmon)
            sample.conmonOf = persistDirectory(entry.path());
        table.emplace(pid, std::move(sample));
    }
    return table;
}

ProcessGroups groupsOf(const ProcessTable& table, int pid, const std::filesystem::path& directory)
{
    std::multimap<int, int> children;
    for (const auto& [child, sample] : table)
        children.emplace(sample.parent, child);
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
        std::multimap<int, int> children;
        for (const auto& [child, other] : table)
            children.emplace(other.parent, child);
        std::set<int> members;
        addTree(children, monitor, members);
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
