#include "engine/launcher/subordinate_ids.h"

#include <charconv>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <pwd.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/files.h"

namespace kates::launcher {

namespace {

constexpr std::size_t kIdRangesMax = 100;

std::optional<std::uint32_t> parseNumber(std::string_view text)
{
    std::uint32_t number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return number;
}

Result<void> runMapper(const std::string& program, int pid, const std::vector<std::string>& arguments)
{
    std::vector<std::string> words{program, std::to_string(pid)};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_t child = 0;
    if (int error = ::posix_spawnp(&child, program.c_str(), nullptr, nullptr, argv.data(), environ); error != 0)
        return systemFailure("start " + program, error);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return failure(program + " refused the ids of /etc/subuid and /etc/subgid: is it installed set-uid root?");
    return {};
}

Result<void> writeProc(int pid, const char* file, const std::string& text)
{
    const auto path = fmt::format("/proc/{}/{}", pid, file);
    OwnedFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!fd || ::write(fd.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        return systemFailure("write " + path);
    return {};
}

} // namespace

std::vector<IdRange> parseSubordinateIds(std::string_view text, std::string_view userName, std::uint32_t uid)
{
    std::vector<IdRange> ranges;
    const auto number = std::to_string(uid);
    while (!text.empty() && ranges.size() < kIdRangesMax) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const auto first = line.find(':');
        const auto second = first == line.npos ? line.npos : line.find(':', first + 1);
        if (second == line.npos)
            continue;
        const auto owner = line.substr(0, first);
        const auto start = parseNumber(line.substr(first + 1, second - first - 1));
        const auto count = parseNumber(line.substr(second + 1));
        if ((owner == userName || owner == number) && start && count && *count > 0)
            ranges.push_back({*start, *count});
    }
    return ranges;
}

std::vector<std::string> idMapArguments(std::uint32_t ownId, const std::vector<IdRange>& ranges)
{
    std::vector<std::string> arguments{"0", std::to_string(ownId), "1"};
    std::uint64_t inside = 1;
    for (const auto& range : ranges) {
        arguments.insert(arguments.end(), {std::to_string(inside), std::to_string(range.first), std::to_string(range.count)});
        inside += range.count;
    }
    return arguments;
}

SubordinateIds readSubordinateIds()
{
    const auto* user = ::getpwuid(::getuid());
    const std::string name = user ? user->pw_name : "";
    auto read = [&](const char* path) { return parseSubordinateIds(readFile(path).value_or(""), name, ::getuid()); };
    return {read("/etc/subuid"), read("/etc/subgid")};
}

Result<void> mapIds(int pid, const SubordinateIds& ids)
{
    if (!ids.uids.empty() && !ids.gids.empty()) {
        if (auto mapped = runMapper("newuidmap", pid, idMapArguments(::getuid(), ids.uids)); !mapped)
            return mapped;
        return runMapper("newgidmap", pid, idMapArguments(::getgid(), ids.gids));
    }
    if (auto denied = writeProc(pid, "setgroups", "deny"); !denied)
        return denied;
    if (auto mapped = writeProc(pid, "uid_map", fmt::format("0 {} 1", ::getuid())); !mapped)
        return mapped;
    return writeProc(pid, "gid_map", fmt::format("0 {} 1", ::getgid()));
}

} // namespace kates::launcher
