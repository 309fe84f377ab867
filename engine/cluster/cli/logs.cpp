#include <fcntl.h>
#include <fmt/format.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/cluster/cli/commands.h"
#include "engine/cluster/cli/engine_connection.h"

namespace kates::cluster::cli {

namespace {

// Copies what is there and, when following, what comes; inotify wakes us.
int copyLog(const std::filesystem::path& file, bool follow)
{
    OwnedFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd)
        return complain("there is no log " + file.string(), "kates status shows the machines of a cluster");
    OwnedFd changes(::inotify_init1(IN_CLOEXEC));
    ::inotify_add_watch(changes.get(), file.c_str(), IN_MODIFY);
    char buffer[65536];
    for (;;) {
        const ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
        if (got < 0)
            return complain("read " + file.string() + ": " + std::string(std::strerror(errno)));
        if (got > 0 && ::write(1, buffer, static_cast<std::size_t>(got)) < 0)
            return 0; // the reader has gone
        if (got == 0 && (!follow || ::read(changes.get(), buffer, sizeof buffer) <= 0))
            return 0;
    }
}

} // namespace

int logs(const Paths& paths, const LogsOptions& options)
{
    if (!options.machine.empty())
        return copyLog(paths.log(options.name, options.machine), options.follow);
    std::vector<std::vector<std::string>> rows{{"MACHINE", "LOG"}};
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(paths.cluster(options.name) / "logs", problem))
        if (entry.path().extension() == ".log")
            rows.push_back({entry.path().stem().string(), entry.path().string()});
    if (problem)
        return complain("the cluster " + options.name + " has no logs", "kates list shows the clusters that exist");
    printTable(rows);
    fmt::print("\nkates logs {} MACHINE [-f] prints one.\n", options.name);
    return 0;
}

} // namespace kates::cluster::cli
