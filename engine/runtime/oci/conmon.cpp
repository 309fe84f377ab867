#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/api/json.h"
#include "engine/base/files.h"
#include "engine/http/client.h"
#include "engine/runtime/oci/oci_program.h"

namespace kates::runtime {

namespace {

constexpr int kSyncPipe = 3; // its number in conmon
constexpr std::size_t kSyncMessageMaxBytes = 64u << 10;
constexpr auto kCreateTimeout = std::chrono::seconds(60);

ProcessSpec conmonCommand(const std::string& conmonPath, const OciProgram& program, const RuntimePaths& paths, const ConmonStart& start)
{
    const auto bundle = paths.container(start.containerId).string();
    ProcessSpec spec {.program = conmonPath,
        .arguments = {"--cid", start.containerId, "--cuuid", start.containerId, "--name", start.containerName, "--runtime", program.path, "--bundle",
            bundle, "--container-pidfile", bundle + "/pid", "--conmon-pidfile", bundle + "/conmon.pid", "--log-path", "k8s-file:" + start.logPath,
            "--exit-dir", paths.exits().string(), "--persist-dir", bundle, "--full-attach", "--log-level", "error",
            // A session keyring per container would use up the user's quota; the seccomp profile keeps containers away from keys.
            "--no-new-keyring"},
        .environment = std::vector<std::string> {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "_OCI_SYNCPIPE=" + std::to_string(kSyncPipe)},
        .newSession = true};
    if (start.tty)
        spec.arguments.push_back("--terminal");
    if (start.stdin)
        spec.arguments.push_back("--stdin");
    if (start.stdin && !start.stdinOnce)
        spec.arguments.push_back("--leave-stdin-open");
    for (const auto& argument : program.globalArguments) {
        spec.arguments.push_back("--runtime-arg");
        spec.arguments.push_back(argument);
    }
    return spec;
}

// conmon's one line of JSON: the pid, or what the runtime said.
Task<std::string> readSyncMessage(http::Stream& stream)
{
    std::string message;
    while (message.find('\n') == std::string::npos && message.size() < kSyncMessageMaxBytes) {
        auto piece = co_await stream.read();
        if (!piece || piece->empty())
            break;
        message += *piece;
    }
    co_return message;
}

} // namespace

Task<Result<ConmonStarted>> startConmon(
    Loop& loop, ProcessLauncher& launcher, std::string conmonPath, OciProgram program, RuntimePaths paths, ConmonStart start)
{
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        co_return systemFailure("make a pipe");
    OwnedFd writeEnd(ends[1]);
    auto sync = http::streamFromFd(loop, ends[0]);
    auto spec = conmonCommand(conmonPath, program, paths, start);
    spec.descriptors[kSyncPipe] = writeEnd.get();
    auto process = launcher.start(spec);
    writeEnd.reset();
    if (!process)
        co_return unexpected(process.error());
    const auto timer = loop.after(kCreateTimeout, [&sync] { sync->close(); });
    const auto message = co_await readSyncMessage(*sync);
    const auto status = co_await (*process)->exited(); // the parent of the conmon that stays
    const auto answer = api::parseJson(message);
    if (!answer || answer->get("pid").asInt(-1) <= 0) {
        auto cause = answer ? std::string(answer->str("message")) : std::string();
        while (!cause.empty() && cause.back() == '\n')
            cause.pop_back();
        if (cause.empty())
            cause = status.success() ? "conmon gave no answer" : "conmon ended with code " + std::to_string(status.code);
        co_return failure("create the container: " + cause);
    }
    const auto monitor = readFile(paths.container(start.containerId) / "conmon.pid", 32);
    if (!monitor)
        co_return unexpected(monitor.error());
    co_return ConmonStarted {static_cast<int>(answer->get("pid").asInt()), std::atoi(monitor->c_str())};
}

} // namespace kates::runtime
