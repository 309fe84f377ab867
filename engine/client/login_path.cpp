#include "engine/client/login_path.h"

#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/log.h"

namespace kates::client {

namespace {

// What profile scripts print may come before it.
constexpr std::string_view kMark = "KATES_LOGIN_PATH=";

std::string ownPath()
{
    const char* path = std::getenv("PATH");
    return path && *path ? path : "/usr/local/bin:/usr/bin:/bin";
}

} // namespace

Task<std::string> LoginPath::get(std::stop_token stop)
{
    if (!m_answer) {
        m_answer.emplace();
        spawn(ask(m_processes, stop, *m_answer));
    }
    Future<std::string> answer = *m_answer;
    co_return co_await answer;
}

Task<void> LoginPath::ask(ProcessLauncher& processes, std::stop_token stop, Future<std::string> answer)
{
    const char* shell = std::getenv("SHELL");
    ProcessSpec spec;
    spec.program = shell && *shell == '/' ? shell : "/bin/sh";
    spec.arguments = {"-lc", "printf '\\n" + std::string(kMark) + "%s\\n' \"$PATH\""};
    spec.newSession = true;
    spec.killWithParent = true;
    RunLimits limits;
    limits.timeout = kLoginShellTimeout;
    limits.outputMax = kLoginShellOutputMax;
    limits.stop = stop;
    auto output = co_await processes.run(spec, {}, limits);
    const std::string text = output ? output->standardOutput : std::string();
    const auto mark = text.rfind(kMark);
    std::string path = mark == std::string::npos ? std::string() : text.substr(mark + kMark.size());
    path = path.substr(0, path.find('\n'));
    if (path.empty())
        log::warning("client", "the login shell does not say its PATH", "shell", spec.program, "cause", output ? "no answer" : output.error().message);
    answer.set(path.empty() ? ownPath() : path);
}

std::optional<std::string> findProgram(const std::string& program, const std::string& path)
{
    const auto executable = [](const std::string& file) {
        struct stat status = {};
        return ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(file.c_str(), X_OK) == 0;
    };
    if (program.find('/') != std::string::npos)
        return program.starts_with('/') && executable(program) ? std::optional(program) : std::nullopt;
    for (std::size_t start = 0; start <= path.size();) {
        const auto end = std::min(path.find(':', start), path.size());
        const std::string directory = path.substr(start, end - start);
        if (directory.starts_with('/') && executable(directory + "/" + program))
            return directory + "/" + program;
        start = end + 1;
    }
    return std::nullopt;
}

} // namespace kates::client
