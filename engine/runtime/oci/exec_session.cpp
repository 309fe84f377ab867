#include "engine/runtime/oci/exec_session.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "engine/api/json.h"
#include "engine/base/files.h"
#include "engine/http/client.h"
#include "engine/runtime/oci/container_terminal.h"
#include "engine/runtime/oci/records.h"
#include "engine/runtime/oci/stream_ends.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {

constexpr int kNotStartedCode = 127;
constexpr std::size_t kPidFileSizeMaxBytes = 32;

// Lives until the program has ended, also when the session goes earlier.
struct ExecState {
    explicit ExecState(Loop& owner) : loop(owner) {}
    Loop& loop;
    std::unique_ptr<Process> process;
    std::unique_ptr<FileAppearance> toKill;
    fs::path pidFile, processFile;
    Registration timer;
    bool timedOut = false;
    Future<int> exited;

    std::optional<int> commandPid() const
    {
        const auto text = readFile(pidFile, kPidFileSizeMaxBytes);
        const int pid = text ? std::atoi(text->c_str()) : 0;
        return pid > 0 ? std::optional(pid) : std::nullopt;
    }
    // The command, not the program: that ends by itself then. Killed earlier, it would leave the command behind.
    void kill()
    {
        if (exited.ready())
            return;
        if (const auto pid = commandPid())
            ::kill(*pid, SIGKILL);
        else
            toKill = std::make_unique<FileAppearance>(loop, pidFile, [this] { kill(); });
    }
    static Task<void> awaitEnd(std::shared_ptr<ExecState> self)
    {
        const auto status = co_await self->process->exited();
        self->timer.reset();
        self->toKill.reset();
        int code = status.code;
        if (!self->commandPid())
            code = kNotStartedCode;
        if (self->timedOut)
            code = kExecTimedOut;
        ::unlink(self->pidFile.c_str());
        ::unlink(self->processFile.c_str());
        self->exited.set(code);
    }
};

class OciExec : public ExecSession {
public:
    explicit OciExec(std::shared_ptr<ExecState> state) : m_state(std::move(state)) {}
    ~OciExec() override { m_state->kill(); }

    http::Stream* standardInput() override { return m_input.get(); }
    http::Stream* standardOutput() override { return m_output.get(); }
    http::Stream* standardError() override { return m_error.get(); }
    void resize(int columns, int rows) override
    {
        m_columns = columns;
        m_rows = rows;
        applySize();
    }
    // The command's terminal exists when its pid is known.
    void awaitTerminal(Loop& loop)
    {
        m_started = std::make_unique<FileAppearance>(loop, m_state->pidFile, [this] { applySize(); });
    }
    Future<int> exited() const override { return m_state->exited; }

    // Each gives the descriptors that the child gets.
    Result<std::map<int, OwnedFd>> makePipes(Loop& loop, bool stdin);
    Result<std::map<int, OwnedFd>> makeTerminal(Loop& loop, bool stdin);

private:
    // Ours, which the program looks at when it starts (runc also at SIGWINCH); then the command's own.
    void applySize()
    {
        if (!m_terminal || m_columns <= 0 || m_rows <= 0)
            return;
        const winsize size {.ws_row = static_cast<unsigned short>(m_rows), .ws_col = static_cast<unsigned short>(m_columns)};
        ::ioctl(m_terminal.get(), TIOCSWINSZ, &size);
        m_state->process->kill(SIGWINCH);
        if (const auto pid = m_state->commandPid())
            setTerminalSize(*pid, m_columns, m_rows);
    }
    std::shared_ptr<ExecState> m_state;
    std::unique_ptr<http::Stream> m_input, m_output, m_error;
    OwnedFd m_terminal;
    int m_columns = 0, m_rows = 0;
    std::unique_ptr<FileAppearance> m_started;
};

Result<std::map<int, OwnedFd>> OciExec::makePipes(Loop& loop, bool stdin)
{
    std::map<int, OwnedFd> child;
    for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (number == STDIN_FILENO && !stdin)
            continue;
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return systemFailure("make a pipe");
        const bool input = number == STDIN_FILENO;
        child.emplace(number, ends[input ? 0 : 1]);
        auto ours = http::streamFromFd(loop, ends[input ? 1 : 0]);
        if (input)
            m_input = closingInput(std::move(ours)); // a pipe has no half close
        else
            (number == STDOUT_FILENO ? m_output : m_error) = std::move(ours);
    }
    return child;
}

Result<std::map<int, OwnedFd>> OciExec::makeTerminal(Loop& loop, bool stdin)
{
    m_terminal = OwnedFd(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    char name[64];
    if (!m_terminal || ::grantpt(m_terminal.get()) != 0 || ::unlockpt(m_terminal.get()) != 0 || ::ptsname_r(m_terminal.get(), name, sizeof name) != 0)
        return systemFailure("make a terminal");
    std::map<int, OwnedFd> child;
    for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        child.emplace(number, ::open(name, O_RDWR | O_NOCTTY | O_CLOEXEC));
        if (!child.at(number))
            return systemFailure("open the terminal " + std::string(name));
    }
    m_output = http::streamFromFd(loop, ::fcntl(m_terminal.get(), F_DUPFD_CLOEXEC, 0));
    if (stdin)
        m_input = openInput(http::streamFromFd(loop, ::fcntl(m_terminal.get(), F_DUPFD_CLOEXEC, 0))); // its end is the terminal's, not a half close
    return child;
}

} // namespace

Result<std::unique_ptr<ExecSession>> startExec(Loop& loop, ProcessLauncher& launcher, ExecStart start)
{
    auto state = std::make_shared<ExecState>(loop);
    state->pidFile = start.bundle / ("exec-" + start.token + ".pid");
    state->processFile = start.bundle / ("exec-" + start.token + ".json");
    if (auto written = replaceFile(state->processFile, api::toJson(start.process)); !written)
        return unexpected(written.error());
    auto session = std::make_unique<OciExec>(state);
    const auto& request = start.request;
    auto descriptors = request.tty ? session->makeTerminal(loop, request.stdin) : session->makePipes(loop, request.stdin);
    std::vector<std::string> arguments {"exec", "--process", state->processFile.string(), "--pid-file", state->pidFile.string()};
    if (request.tty)
        arguments.push_back("--tty");
    arguments.push_back(request.containerId);
    auto spec = start.program.command(std::move(arguments));
    spec.newSession = true;
    if (descriptors)
        for (const auto& [number, descriptor] : *descriptors)
            spec.descriptors[number] = descriptor.get();
    auto process = descriptors ? launcher.start(spec) : unexpected(descriptors.error());
    if (!process) {
        ::unlink(state->processFile.c_str());
        state->exited.set(kNotStartedCode);
        return unexpected(process.error());
    }
    state->process = std::move(*process);
    if (request.tty)
        session->awaitTerminal(loop);
    if (request.timeout > Duration::zero())
        state->timer = loop.after(request.timeout, [weak = std::weak_ptr(state)] {
            if (const auto running = weak.lock()) {
                running->timedOut = true;
                running->kill();
            }
        });
    spawn(ExecState::awaitEnd(state));
    return session;
}

} // namespace kates::runtime
