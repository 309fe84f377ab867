#include "engine/launcher/namespaces.h"

#include <charconv>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/base/process_stat.h"
#include "engine/launcher/subordinate_ids.h"

namespace kates::launcher {

namespace {

constexpr const char* kPidFile = "holder.pid";
constexpr const char* kLockFile = "holder.lock";
constexpr const char* kHybridCgroup2 = "/sys/fs/cgroup/unified";
constexpr int kHolderStopMaxMs = 5'000;

struct Pipe {
    OwnedFd readEnd, writeEnd;
};

Result<Pipe> makePipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return systemFailure("make a pipe");
    return Pipe{OwnedFd(ends[0]), OwnedFd(ends[1])};
}

std::optional<std::uint64_t> startTimeOf(int pid)
{
    const auto stat = ProcessStat::of(pid);
    return stat ? stat->number(ProcessStat::kStartTime) : std::nullopt;
}

// ps(1) shows the holder's own name instead of its maker's command line.
void nameProcess(const char* name)
{
    ::prctl(PR_SET_NAME, name);
    const auto stat = ProcessStat::read("/proc/self");
    if (!stat)
        return;
    const auto start = stat->number(ProcessStat::kArgumentsStart), end = stat->number(ProcessStat::kArgumentsEnd);
    if (!start || !end || *start == 0 || *end <= *start)
        return;
    auto* arguments = reinterpret_cast<char*>(*start);
    const auto room = static_cast<std::size_t>(*end - *start);
    std::memset(arguments, 0, room);
    std::memcpy(arguments, name, std::min(std::strlen(name), room - 1));
}

// What the holder says to its maker, in this order: its pid, "user namespace made", "ready"; or in place of the last two what failed.
struct Report {
    int pid = 0;
    int systemError = 0;
    char step[64] = {};
};

[[noreturn]] void reportAndExit(int out, const char* step)
{
    Report report{::getpid(), errno, {}};
    ::strncpy(report.step, step, sizeof report.step - 1);
    (void)!::write(out, &report, sizeof report);
    ::_exit(1);
}

void report(int out)
{
    Report report{::getpid(), 0, {}};
    (void)!::write(out, &report, sizeof report);
}

void makeMountsPrivate(int out)
{
    if (::unshare(CLONE_NEWNS) != 0)
        reportAndExit(out, "make a mount namespace");
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_SLAVE, nullptr) != 0)
        reportAndExit(out, "make the mounts private");
    if (::access(kHybridCgroup2, F_OK) == 0 && ::umount2(kHybridCgroup2, MNT_DETACH) != 0
        && ::mount("tmpfs", kHybridCgroup2, "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k") != 0)
        reportAndExit(out, "cover /sys/fs/cgroup/unified");
}

// The holder's whole life. `in` gives one byte when the ids are mapped.
[[noreturn]] void hold(int in, int out, bool userNamespace)
{
    ::setsid();
    nameProcess("kates-holder");
    for (int signal : {SIGHUP, SIGINT, SIGPIPE})
        ::signal(signal, SIG_IGN);
    ::signal(SIGTERM, SIG_DFL);
    if (userNamespace) {
        if (::unshare(CLONE_NEWUSER) != 0)
            reportAndExit(out, "make a user namespace");
        report(out);
        char mapped = 0;
        if (::read(in, &mapped, 1) != 1)
            ::_exit(1); // the maker has given up
    }
    makeMountsPrivate(out);
    (void)!::chdir("/");
    report(out);
    const int devNull = ::open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= 2; ++fd)
        ::dup2(devNull, fd);
    ::syscall(SYS_close_range, 3u, ~0u, 0u);
    for (;;)
        ::pause();
}

Result<Report> readReport(int fd)
{
    Report report;
    const ssize_t got = ::read(fd, &report, sizeof report);
    if (got != sizeof report)
        return failure("the namespace holder ended before it was ready");
    if (report.systemError != 0)
        return systemFailure(report.step, report.systemError);
    return report;
}

// Starts the holder as an orphan, so that nobody has to wait for it. The middle process ends at once.
Result<void> forkHolder(Pipe& toHolder, Pipe& fromHolder, bool userNamespace)
{
    const pid_t middle = ::fork();
    if (middle < 0)
        return systemFailure("start the namespace holder");
    if (middle == 0) {
        const pid_t holder = ::fork();
        if (holder == 0) {
            toHolder.writeEnd.reset(); // so that it notices when its maker gives up
            fromHolder.readEnd.reset();
            hold(toHolder.readEnd.get(), fromHolder.writeEnd.get(), userNamespace);
        }
        ::_exit(holder < 0 ? 1 : 0);
    }
    int status = 0;
    ::waitpid(middle, &status, 0);
    toHolder.readEnd.reset();
    fromHolder.writeEnd.reset();
    return {};
}

Result<Holder> startHolder()
{
    const bool userNamespace = ::geteuid() != 0;
    auto toHolder = makePipe();
    if (!toHolder)
        return tl::unexpected(toHolder.error());
    auto fromHolder = makePipe();
    if (!fromHolder)
        return tl::unexpected(fromHolder.error());
    if (auto forked = forkHolder(*toHolder, *fromHolder, userNamespace); !forked)
        return tl::unexpected(forked.error());
    if (userNamespace) {
        auto made = readReport(fromHolder->readEnd.get());
        if (!made)
            return tl::unexpected(made.error());
        if (auto mapped = mapIds(made->pid, readSubordinateIds()); !mapped)
            return tl::unexpected(mapped.error()); // our end of the pipe closes and the holder ends
        (void)!::write(toHolder->writeEnd.get(), "m", 1);
    }
    auto ready = readReport(fromHolder->readEnd.get());
    if (!ready)
        return tl::unexpected(ready.error());
    return Holder{ready->pid, startTimeOf(ready->pid).value_or(0)};
}

} // namespace

std::optional<Holder> findHolder(const std::filesystem::path& runDirectory)
{
    auto text = readFile(runDirectory / kPidFile, 256);
    if (!text)
        return std::nullopt;
    Holder holder;
    const char* end = text->data() + text->size();
    const auto pid = std::from_chars(text->data(), end, holder.pid);
    if (pid.ec != std::errc() || pid.ptr == end || holder.pid <= 1)
        return std::nullopt;
    if (std::from_chars(pid.ptr + 1, end, holder.startTime).ec != std::errc() || startTimeOf(holder.pid) != holder.startTime)
        return std::nullopt;
    return holder;
}

Result<Holder> ensureHolder(const std::filesystem::path& runDirectory)
{
    if (auto made = makeDirectories(runDirectory); !made)
        return tl::unexpected(made.error());
    OwnedFd lock(::open((runDirectory / kLockFile).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock || ::flock(lock.get(), LOCK_EX) != 0)
        return systemFailure("lock " + (runDirectory / kLockFile).string());
    if (auto holder = findHolder(runDirectory))
        return *holder;
    auto holder = startHolder();
    if (!holder)
        return holder;
    auto written = writeFileAtomically(runDirectory / kPidFile, fmt::format("{} {}\n", holder->pid, holder->startTime), 0600);
    if (!written) {
        ::kill(holder->pid, SIGTERM);
        return tl::unexpected(written.error());
    }
    return holder;
}

Result<void> enterNamespaces(const Holder& holder)
{
    OwnedFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, holder.pid, 0)));
    if (!pidfd || startTimeOf(holder.pid) != holder.startTime)
        return failure(fmt::format("the namespace holder (process {}) is gone", holder.pid));
    std::error_code ignored;
    const auto directory = std::filesystem::current_path(ignored);
    const int kinds = CLONE_NEWNS | (::geteuid() != 0 ? CLONE_NEWUSER : 0);
    if (::setns(pidfd.get(), kinds) != 0)
        return systemFailure(fmt::format("enter the namespaces of the holder (process {})", holder.pid));
    if (!ignored)
        std::filesystem::current_path(directory, ignored); // setns moved us to the root
    return {};
}

Result<void> stopHolder(const std::filesystem::path& runDirectory)
{
    if (auto holder = findHolder(runDirectory)) {
        OwnedFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, holder->pid, 0)));
        if (pidfd) {
            ::syscall(SYS_pidfd_send_signal, pidfd.get(), SIGTERM, nullptr, 0);
            pollfd ended{pidfd.get(), POLLIN, 0};
            if (::poll(&ended, 1, kHolderStopMaxMs) != 1)
                return failure(fmt::format("the namespace holder (process {}) does not end", holder->pid));
        }
    }
    std::error_code error;
    std::filesystem::remove(runDirectory / kPidFile, error);
    std::filesystem::remove(runDirectory / kLockFile, error);
    return error ? systemFailure("remove the holder's files", error.value()) : Result<void>();
}

} // namespace kates::launcher
