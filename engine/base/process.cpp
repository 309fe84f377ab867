#include "engine/base/process.h"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <linux/close_range.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/files.h"

namespace kates {

namespace {

// Everything that the child needs, prepared before vfork(): between it and exec the child shares our memory and may not allocate.
struct ChildPlan {
    std::string path;
    std::vector<char*> argv, envp;
    std::vector<std::pair<int, int>> descriptors; // target, source
    const char* workingDirectory = nullptr;
    bool newSession = false, killWithParent = false;
    int networkNamespace = -1;
    int devNull = -1;
    pid_t parent = 0;
};

constexpr int kStagingFdMin = 512; // above every target number in use

[[noreturn]] void runChild(ChildPlan& plan, volatile int& failedErrno, const char* volatile& failedStep)
{
    auto fail = [&](const char* step) {
        failedErrno = errno;
        failedStep = step;
        _exit(127);
    };
    for (int signal = 1; signal < NSIG; ++signal)
        if (signal != SIGKILL && signal != SIGSTOP)
            ::signal(signal, SIG_DFL);
    if (plan.newSession)
        ::setsid();
    if (plan.killWithParent) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != plan.parent)
            _exit(127); // it died before the prctl
    }
    if (plan.networkNamespace >= 0 && ::setns(plan.networkNamespace, CLONE_NEWNET) != 0)
        fail("enter the network namespace");
    ::syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC);
    for (auto& [target, source] : plan.descriptors)
        if ((source = ::fcntl(source, F_DUPFD_CLOEXEC, kStagingFdMin)) < 0)
            fail("duplicate a descriptor");
    for (int standard = 0; standard <= 2; ++standard)
        ::dup2(plan.devNull, standard);
    for (const auto& [target, source] : plan.descriptors)
        if (::dup2(source, target) < 0)
            fail("duplicate a descriptor");
    if (plan.workingDirectory && ::chdir(plan.workingDirectory) != 0)
        fail("enter the working directory");
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execve(plan.path.c_str(), plan.argv.data(), plan.envp.data());
    fail("execute");
    _exit(127);
}

Result<std::string> resolveProgram(const std::string& program)
{
    if (program.find('/') != std::string::npos)
        return program;
    const char* path = ::getenv("PATH");
    std::string_view rest = path ? path : "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    // sbin is not in an ordinary user's PATH, and nft or ip live there.
    std::string all = std::string(rest) + ":/usr/sbin:/sbin";
    for (std::size_t start = 0; start <= all.size();) {
        auto end = std::min(all.find(':', start), all.size());
        std::string candidate = all.substr(start, end - start) + "/" + program;
        if (::access(candidate.c_str(), X_OK) == 0)
            return candidate;
        start = end + 1;
    }
    return tl::unexpected(Error{"the program " + program + " is not installed (not found in PATH)", ENOENT});
}

ExitStatus toExitStatus(int status)
{
    if (WIFSIGNALED(status))
        return {128 + WTERMSIG(status), WTERMSIG(status)};
    return {WEXITSTATUS(status), 0};
}

int openPidfd(pid_t pid)
{
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

class ChildProcess : public Process {
public:
    ChildProcess(Loop& loop, pid_t pid) : m_state(std::make_shared<State>())
    {
        m_state->pid = pid;
        m_state->pidfd = OwnedFd(openPidfd(pid));
        // The watch keeps the state alive until the child has been reaped, even when this object goes earlier.
        m_state->watch = loop.watch(m_state->pidfd.get(), Readable, [state = m_state](int) { reap(state); });
    }
    int pid() const override { return m_state->pid; }
    Future<ExitStatus> exited() const override { return m_state->exited; }
    void kill(int signal) override
    {
        if (!m_state->exited.ready())
            ::syscall(SYS_pidfd_send_signal, m_state->pidfd.get(), signal, nullptr, 0);
    }

private:
    struct State {
        pid_t pid = 0;
        OwnedFd pidfd;
        Registration watch;
        Future<ExitStatus> exited;
    };
    static void reap(std::shared_ptr<State> state)
    {
        int status = 0;
        pid_t got = ::waitpid(state->pid, &status, WNOHANG);
        if (got == 0)
            return;
        state->watch.reset();
        state->exited.set(got == state->pid ? toExitStatus(status) : ExitStatus{});
    }
    std::shared_ptr<State> m_state;
};

void prepareVectors(ChildPlan& plan, const ProcessSpec& spec)
{
    plan.argv.push_back(const_cast<char*>(spec.program.c_str()));
    for (const auto& argument : spec.arguments)
        plan.argv.push_back(const_cast<char*>(argument.c_str()));
    plan.argv.push_back(nullptr);
    if (spec.environment) {
        for (const auto& variable : *spec.environment)
            plan.envp.push_back(const_cast<char*>(variable.c_str()));
    } else {
        for (char** variable = environ; *variable; ++variable)
            plan.envp.push_back(*variable);
    }
    plan.envp.push_back(nullptr);
    plan.descriptors.assign(spec.descriptors.begin(), spec.descriptors.end());
}

class SystemProcessLauncher : public ProcessLauncher {
public:
    explicit SystemProcessLauncher(Loop& loop) : m_loop(loop) {}

    Result<std::unique_ptr<Process>> start(const ProcessSpec& spec) override
    {
        ChildPlan plan;
        auto path = resolveProgram(spec.program);
        if (!path)
            return tl::unexpected(path.error());
        plan.path = *path;
        prepareVectors(plan, spec);
        plan.workingDirectory = spec.workingDirectory.empty() ? nullptr : spec.workingDirectory.c_str();
        plan.newSession = spec.newSession;
        plan.killWithParent = spec.killWithParent;
        plan.parent = ::getpid();
        OwnedFd devNull(::open("/dev/null", O_RDWR | O_CLOEXEC));
        plan.devNull = devNull.get();
        OwnedFd networkNamespace;
        if (!spec.networkNamespace.empty()) {
            networkNamespace = OwnedFd(::open(spec.networkNamespace.c_str(), O_RDONLY | O_CLOEXEC));
            if (!networkNamespace)
                return systemFailure("open the network namespace " + spec.networkNamespace);
            plan.networkNamespace = networkNamespace.get();
        }

        volatile int failedErrno = 0;
        const char* volatile failedStep = nullptr;
        sigset_t all, before;
        sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before); // no handler of ours may run in the child, which shares our memory
        pid_t pid = ::vfork();
        if (pid == 0)
            runChild(plan, failedErrno, failedStep);
        const int forkErrno = errno;
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
        if (pid < 0)
            return systemFailure("start " + spec.program, forkErrno);
        if (failedStep) {
            ::waitpid(pid, nullptr, 0);
            return systemFailure("start " + spec.program + ": " + failedStep, failedErrno);
        }
        return std::make_unique<ChildProcess>(m_loop, pid);
    }

    Task<Result<ProcessOutput>> run(ProcessSpec spec, std::string input, RunLimits limits) override;

private:
    Loop& m_loop;
};

struct Pipe {
    OwnedFd readEnd, writeEnd;
    static Pipe create()
    {
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return {};
        return {OwnedFd(ends[0]), OwnedFd(ends[1])};
    }
};

void setNonBlocking(int fd)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

// One run() under way: the pipes, what came so far, and when it is over.
struct Run : std::enable_shared_from_this<Run> {
    std::unique_ptr<Process> process;
    OwnedFd in, out, err;
    Registration inWatch, outWatch, errWatch, timer;
    std::string input;
    std::size_t inputSent = 0;
    ProcessOutput output;
    std::size_t outputMax = 0;
    std::string problem;
    bool exited = false, ownGroup = false;
    std::optional<std::stop_callback<std::function<void()>>> stopped;
    Event over;

    void begin(Loop& loop, const RunLimits& limits)
    {
        auto self = shared_from_this();
        outputMax = limits.outputMax;
        for (int fd : {in.get(), out.get(), err.get()})
            setNonBlocking(fd);
        outWatch = loop.watch(out.get(), Readable, [self](int) { self->drain(self->out, self->outWatch, self->output.standardOutput); });
        errWatch = loop.watch(err.get(), Readable, [self](int) { self->drain(self->err, self->errWatch, self->output.standardError); });
        if (input.empty())
            in.reset();
        else
            inWatch = loop.watch(in.get(), Writable, [self](int) { self->feed(); });
        if (limits.timeout > Duration::zero())
            timer = loop.after(limits.timeout, [self] { self->abort("it did not end in time"); });
        kates::spawn(awaitExit(self));
        if (limits.stop.stop_possible())
            stopped.emplace(limits.stop, [weak = weak_from_this()] {
                if (auto run = weak.lock())
                    run->abort("its result is not wanted any more");
            });
    }
    static Task<void> awaitExit(std::shared_ptr<Run> self)
    {
        Future<ExitStatus> exit = self->process->exited();
        self->output.status = co_await exit;
        self->exited = true;
        self->finishWhenDone();
    }
    void drain(OwnedFd& fd, Registration& watch, std::string& into)
    {
        auto keep = shared_from_this();
        char buffer[16384];
        ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got > 0) {
            into.append(buffer, static_cast<std::size_t>(got));
            if (into.size() > outputMax)
                abort("it printed more than " + std::to_string(outputMax) + " bytes");
            return;
        }
        watch.reset();
        fd.reset();
        finishWhenDone();
    }
    void feed()
    {
        auto keep = shared_from_this();
        ssize_t sent = ::write(in.get(), input.data() + inputSent, input.size() - inputSent);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (sent > 0)
            inputSent += static_cast<std::size_t>(sent);
        if (sent < 0 || inputSent == input.size()) {
            inWatch.reset();
            in.reset();
        }
    }
    void abort(std::string why)
    {
        if (problem.empty())
            problem = std::move(why);
        process->kill(SIGKILL);
        // The group lives as long as one of its members, and holds its number.
        if (ownGroup && !over.ready())
            ::kill(-process->pid(), SIGKILL);
        // A grandchild may hold the pipes open: do not wait for them.
        outWatch.reset();
        errWatch.reset();
        out.reset();
        err.reset();
        finishWhenDone();
    }
    void finishWhenDone()
    {
        if (!exited || out || err)
            return;
        timer.reset();
        inWatch.reset();
        stopped.reset();
        over.set({});
    }
};

Task<Result<ProcessOutput>> SystemProcessLauncher::run(ProcessSpec spec, std::string input, RunLimits limits)
{
    Pipe in = Pipe::create(), out = Pipe::create(), err = Pipe::create();
    if (!in.readEnd || !out.readEnd || !err.readEnd)
        co_return systemFailure("start " + spec.program + ": make pipes");
    spec.descriptors[0] = in.readEnd.get();
    spec.descriptors[1] = out.writeEnd.get();
    spec.descriptors[2] = err.writeEnd.get();
    auto process = start(spec);
    if (!process)
        co_return tl::unexpected(process.error());
    in.readEnd.reset();
    out.writeEnd.reset();
    err.writeEnd.reset();

    auto run = std::make_shared<Run>();
    run->process = std::move(*process);
    run->ownGroup = spec.newSession;
    run->in = std::move(in.writeEnd);
    run->out = std::move(out.readEnd);
    run->err = std::move(err.readEnd);
    run->input = std::move(input);
    run->begin(m_loop, limits);
    Event over = run->over;
    co_await over;
    if (!run->problem.empty())
        co_return failure(spec.program + " was stopped: " + run->problem);
    co_return std::move(run->output);
}

} // namespace

std::unique_ptr<ProcessLauncher> makeProcessLauncher(Loop& loop)
{
    return std::make_unique<SystemProcessLauncher>(loop);
}

Future<ExitStatus> watchForeignProcess(Loop& loop, int pid)
{
    struct Watched {
        OwnedFd pidfd;
        Registration watch;
    };
    Future<ExitStatus> gone;
    auto watched = std::make_shared<Watched>();
    watched->pidfd = OwnedFd(openPidfd(pid));
    if (!watched->pidfd) {
        gone.set({});
        return gone;
    }
    watched->watch = loop.watch(watched->pidfd.get(), Readable, [watched, gone](int) {
        watched->watch.reset();
        gone.set({});
    });
    return gone;
}

} // namespace kates
