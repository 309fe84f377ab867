// The PATH that the user's programs have in a terminal: a process that the desktop session started often has a shorter one, and credential plug-ins are
// looked up by name.
#pragma once

#include <optional>
#include <string>

#include "engine/base/process.h"

namespace kates::client {

constexpr auto kLoginShellTimeout = std::chrono::seconds(5);
constexpr std::size_t kLoginShellOutputMax = 64u << 10;

class LoginPath {
public:
    LoginPath(Loop& loop, ProcessLauncher& processes) : m_loop(loop), m_processes(processes) {}
    // Asked of $SHELL -lc once, at the first call; this process's own PATH when the shell does not say in time. Ends early when stop is requested.
    [[nodiscard]] Task<std::string> get(std::stop_token stop = {});

private:
    static Task<void> ask(ProcessLauncher& processes, std::stop_token stop, Future<std::string> answer);
    Loop& m_loop;
    ProcessLauncher& m_processes;
    std::optional<Future<std::string>> m_answer;
};

// The file that `program` names: itself when it is absolute, nothing when it is relative, else the first executable of that name in `path`.
[[nodiscard]] std::optional<std::string> findProgram(const std::string& program, const std::string& path);

} // namespace kates::client
