#include "engine/cluster/cli/engine_connection.h"

#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/launcher/launcher.h"
#include "engine/launcher/process_record.h"

namespace kates::cluster::cli {

namespace {

std::string lastLine(const std::filesystem::path& log)
{
    std::string text = readFile(log).value_or(std::string());
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    text = text.substr(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
    const auto level = text.find(" E ");
    return level == std::string::npos ? text : text.substr(level + 3);
}

// Starts `kates engine` as a process of its own and waits until it says that it serves.
Result<void> startEngine(Loop& loop, const Paths& paths)
{
    if (auto made = makeDirectories(paths.engine()); !made)
        return made;
    OwnedFd log(::open(paths.engineLog().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    int ends[2] = {-1, -1};
    if (!log || ::pipe2(ends, O_CLOEXEC) != 0)
        return systemFailure("start the engine: open " + paths.engineLog().string());
    OwnedFd readEnd(ends[0]), writeEnd(ends[1]);
    ProcessSpec spec;
    spec.program = "/proc/self/exe";
    spec.arguments = {"engine"};
    spec.workingDirectory = "/";
    spec.descriptors = {{1, log.get()}, {2, log.get()}, {launcher::kReadyFd, writeEnd.get()}};
    spec.newSession = true;
    auto processes = makeProcessLauncher(loop);
    auto started = processes->start(spec);
    if (!started)
        return tl::unexpected(started.error());
    writeEnd.reset();
    pollfd wait{readEnd.get(), POLLIN, 0};
    const int ready = ::poll(&wait, 1, kEngineStartTimeoutSeconds * 1000);
    char line[64];
    if (ready > 0 && ::read(readEnd.get(), line, sizeof line) > 0)
        return {};
    return failure(ready == 0 ? "the engine did not start in time" : "the engine did not start: " + lastLine(paths.engineLog()));
}

} // namespace

Result<std::shared_ptr<client::Client>> connectToEngine(Loop& loop, const Paths& paths, StartEngine start)
{
    if (!launcher::readProcessRecord(paths.engineRecord())) {
        if (start == StartEngine::No)
            return failure("the engine does not run");
        if (auto started = startEngine(loop, paths); !started)
            return tl::unexpected(started.error());
    }
    auto context = client::readKubeconfig(paths.engineKubeconfig());
    auto endpoint = context ? client::endpointOf(*context) : tl::unexpected(context.error());
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    return client::makeHttpClient(loop, *endpoint);
}

int complain(const std::string& sentence, const std::string& fix)
{
    fmt::print(stderr, "kates: {}\n", sentence);
    if (!fix.empty())
        fmt::print(stderr, "  Fix: {}\n", fix);
    return 1;
}

int complain(const api::StatusError& error)
{
    return complain(error.message);
}

void printTable(const std::vector<std::vector<std::string>>& rows)
{
    std::vector<std::size_t> widths;
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths.resize(std::max(widths.size(), row.size()));
            widths[i] = std::max(widths[i], row[i].size());
        }
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
            line += i + 1 == row.size() ? row[i] : fmt::format("{:<{}}", row[i], widths[i] + 3);
        fmt::print("{}\n", line);
    }
}

} // namespace kates::cluster::cli
