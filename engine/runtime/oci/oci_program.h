// crun or runc, as command lines; and conmon, which runs one container for its whole life.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/process.h"
#include "engine/runtime/oci/host_features.h"
#include "engine/runtime/oci/runtime_paths.h"

namespace kates::runtime {

// A list of texts. Not a braced list: GCC 12 cannot keep one of literals in a coroutine.
template <typename... Text>
std::vector<std::string> words(const Text&... text)
{
    return {std::string(text)...};
}

struct OciProgram {
    std::string name;    // "crun", "runc"
    std::string path;    // absolute: conmon does not search
    std::string version; // "1.1.5"
    std::vector<std::string> globalArguments;

    ProcessSpec command(std::vector<std::string> arguments) const;
};

// Absolute, from PATH and the sbin directories; "" when it is not installed.
[[nodiscard]] std::string findProgram(const std::string& name);

// The first of `names` that can run a container here: each is tried with a real one, made of `pauseProgram` and nothing else. Lowers host.cgroups
// when containers run without cgroups only. The error names what every one of them said.
[[nodiscard]] Task<Result<OciProgram>> chooseOciProgram(
    ProcessLauncher& launcher, std::vector<std::string> names, RuntimePaths paths, std::filesystem::path pauseProgram, HostFeatures& host);

struct ConmonStart {
    std::string containerId, containerName, logPath;
    bool tty = false, stdin = false, stdinOnce = false;
};

struct ConmonStarted {
    int containerPid = 0, conmonPid = 0;
};

// Has conmon create the container from the bundle paths.container(id); it does not run yet (`start` of the program follows). conmon then stays, keeps
// the log, serves attach and writes paths.exitFile(id) at the end; it needs nothing of this process any more.
[[nodiscard]] Task<Result<ConmonStarted>> startConmon(
    Loop& loop, ProcessLauncher& launcher, std::string conmonPath, OciProgram program, RuntimePaths paths, ConmonStart start);

} // namespace kates::runtime
