// Runs a test program inside a holder's namespaces, as the engine does, and leaves nothing behind even when the test crashes.
#pragma once

#include <cstdio>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/launcher/namespaces.h"

namespace kates::test {

// `body` gets a run directory; its result is the exit status. This process stays outside and cleans up.
inline int runInHolder(const std::function<int(const std::filesystem::path& runDirectory)>& body)
{
    auto directory = TemporaryDirectory::create("kates-test");
    if (!directory)
        return 1;
    auto holder = launcher::ensureHolder(directory->path());
    if (!holder) {
        std::fprintf(stderr, "%s\n", holder.error().message.c_str());
        return 1;
    }
    const pid_t child = ::fork();
    if (child == 0) {
        if (auto entered = launcher::enterNamespaces(*holder); !entered) {
            std::fprintf(stderr, "%s\n", entered.error().message.c_str());
            ::_exit(1);
        }
        ::exit(body(directory->path()));
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    auto stopped = launcher::stopHolder(directory->path());
    if (!stopped)
        std::fprintf(stderr, "%s\n", stopped.error().message.c_str());
    if (WIFSIGNALED(status))
        std::fprintf(stderr, "the test was ended by signal %d\n", WTERMSIG(status));
    return WIFEXITED(status) && stopped ? WEXITSTATUS(status) : 1;
}

} // namespace kates::test
