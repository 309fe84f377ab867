#include "engine/launcher/launcher.h"

#include <csignal>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/launcher/process_record.h"

namespace kates::launcher {

namespace {

constexpr std::size_t kReadyLineMaxBytes = 4096;

// Reads one line from the pipe and completes the future with it.
class ReadyLine : public std::enable_shared_from_this<ReadyLine> {
public:
    ReadyLine(OwnedFd fd, Future<std::string> ready) : m_fd(std::move(fd)), m_ready(std::move(ready)) {}
    void begin(Loop& loop)
    {
        ::fcntl(m_fd.get(), F_SETFL, O_NONBLOCK);
        m_watch = loop.watch(m_fd.get(), Readable, [self = shared_from_this()](int) { self->read(); });
    }

private:
    void read()
    {
        auto keep = shared_from_this();
        char buffer[512];
        const ssize_t got = ::read(m_fd.get(), buffer, sizeof buffer);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got > 0)
            m_line.append(buffer, static_cast<std::size_t>(got));
        const auto end = m_line.find('\n');
        if (got > 0 && end == std::string::npos && m_line.size() < kReadyLineMaxBytes)
            return;
        m_watch.reset();
        m_fd.reset();
        m_ready.set(m_line.substr(0, end));
    }
    OwnedFd m_fd;
    Future<std::string> m_ready;
    Registration m_watch;
    std::string m_line;
};

class StartedProcess : public MachineProcess {
public:
    explicit StartedProcess(std::unique_ptr<Process> process) : m_process(std::move(process)) {}
    int pid() const override { return m_process->pid(); }
    bool adopted() const override { return false; }
    Future<ExitStatus> exited() const override { return m_process->exited(); }
    Future<std::string> ready() const override { return m_ready; }
    void signal(int number) override { m_process->kill(number); }

private:
    std::unique_ptr<Process> m_process;
    Future<std::string> m_ready;
};

class AdoptedProcess : public MachineProcess {
public:
    AdoptedProcess(Loop& loop, int pid) : m_pid(pid), m_pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))), m_exited(watchForeignProcess(loop, pid)) {}
    int pid() const override { return m_pid; }
    bool adopted() const override { return true; }
    Future<ExitStatus> exited() const override { return m_exited; }
    Future<std::string> ready() const override { return m_ready; }
    void signal(int number) override
    {
        if (m_pidfd)
            ::syscall(SYS_pidfd_send_signal, m_pidfd.get(), number, nullptr, 0);
    }

private:
    int m_pid;
    OwnedFd m_pidfd;
    Future<ExitStatus> m_exited;
    Future<std::string> m_ready;
};

class LocalLauncher : public Launcher {
public:
    LocalLauncher(Loop& loop, ProcessLauncher& processes, std::filesystem::path program) : m_loop(loop), m_processes(processes), m_program(std::move(program)) {}

    std::unique_ptr<MachineProcess> adopt(const MachineProcessSpec& spec) override
    {
        auto record = readProcessRecord(spec.directory / "pid");
        return record ? std::make_unique<AdoptedProcess>(m_loop, record->pid) : nullptr;
    }

    Result<std::unique_ptr<MachineProcess>> startOrAdopt(const MachineProcessSpec& spec) override
    {
        if (auto running = adopt(spec))
            return running;
        if (auto made = makeDirectories(spec.directory); !made)
            return tl::unexpected(made.error());
        if (auto made = makeDirectories(spec.logFile.parent_path()); !made)
            return tl::unexpected(made.error());
        rotateLog(spec.logFile);
        OwnedFd log(::open(spec.logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
        if (!log)
            return systemFailure("open the log " + spec.logFile.string());
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return systemFailure("start " + spec.name + ": make a pipe");
        OwnedFd readEnd(ends[0]), writeEnd(ends[1]);

        ProcessSpec process;
        process.program = m_program.string();
        process.arguments = spec.arguments;
        process.workingDirectory = spec.directory.string();
        process.descriptors = {{1, log.get()}, {2, log.get()}, {kReadyFd, writeEnd.get()}};
        process.newSession = true; // it outlives the engine
        auto started = m_processes.start(process);
        if (!started)
            return tl::unexpected(started.error());
        auto machine = std::make_unique<StartedProcess>(std::move(*started));
        if (auto recorded = writeProcessRecord(spec.directory / "pid", machine->pid()); !recorded) {
            machine->signal(SIGKILL);
            return tl::unexpected(recorded.error());
        }
        std::make_shared<ReadyLine>(std::move(readEnd), machine->ready())->begin(m_loop);
        return machine;
    }

private:
    static void rotateLog(const std::filesystem::path& file)
    {
        std::error_code ignored;
        if (std::filesystem::file_size(file, ignored) > kLogMaxBytes && !ignored)
            std::filesystem::rename(file, file.string() + ".1", ignored);
    }
    Loop& m_loop;
    ProcessLauncher& m_processes;
    std::filesystem::path m_program;
};

} // namespace

std::unique_ptr<Launcher> makeLocalLauncher(Loop& loop, ProcessLauncher& processes, std::filesystem::path program)
{
    return std::make_unique<LocalLauncher>(loop, processes, std::move(program));
}

} // namespace kates::launcher
