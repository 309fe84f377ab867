// Containers: create, start, stop, remove.
#include <csignal>

#include "engine/base/blocking.h"
#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/runtime/oci/oci_runtime_impl.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {
constexpr int kIdBytes = 32;
constexpr int kStartFailedCode = 128;
} // namespace

Task<Result<std::string>> OciRuntime::createContainer(std::string sandboxId, ContainerConfig config)
{
    const auto sandbox = findSandbox(sandboxId);
    if (!sandbox)
        co_return unexpected(sandbox.error());
    if (!(*sandbox)->ready)
        co_return failure("the pod sandbox " + sandboxId + " is stopped");
    const auto id = m.random.hex(kIdBytes);
    Bundle bundle {.id = id, .sandboxId = sandboxId, .sandbox = (*sandbox)->config, .container = config, .pidNamespace = pidNamespaceOf(**sandbox)};
    auto prepared = co_await runBlocking(m.loop, [&] { return prepareBundle(bundle); });
    if (prepared && m.rootfs == RootfsKind::FuseOverlay) {
        prepared = co_await mountFuse(bundle);
        if (prepared)
            prepared = co_await runBlocking(m.loop, [&] { return writeSpec(bundle); });
    }
    if (prepared && !(*sandbox)->ready)
        prepared = failure("the pod sandbox " + sandboxId + " was stopped meanwhile");
    auto container = std::make_shared<OciContainer>();
    container->record = newRecord(bundle, m.loop.wallTime());
    if (prepared)
        prepared = saveRecord(m.paths.containerRecord(id), container->record); // from here on a restart knows it
    if (!prepared) {
        (void)co_await runBlocking(m.loop, [&] { return discardBundle(id); });
        co_return unexpected(prepared.error());
    }
    m_containers.emplace(id, container);
    co_return id;
}

ContainerRecord OciRuntime::newRecord(const Bundle& bundle, WallTime now)
{
    const auto& config = bundle.container;
    ContainerRecord record;
    record.status = {.id = bundle.id, .sandboxId = bundle.sandboxId, .name = config.name, .image = config.image, .imageDigest = config.imageDigest,
        .podUid = bundle.sandbox.podUid, .attempt = config.attempt, .state = ContainerState::Created, .createdAt = now,
        .logPath = (fs::path(bundle.sandbox.logDirectory) / config.logPath).string(), .labels = config.labels};
    record.stopSignal = bundle.image.stopSignal;
    record.tty = config.tty;
    record.stdin = config.stdin;
    record.stdinOnce = config.stdinOnce;
    record.ownPidNamespace = !bundle.sandbox.hostPid && !bundle.sandbox.sharePid;
    return record;
}

Task<Result<void>> OciRuntime::startContainer(std::string id)
{
    const auto container = findContainer(id);
    if (!container)
        co_return unexpected(container.error());
    if ((*container)->record.status.state != ContainerState::Created || (*container)->starting)
        co_return failure("the container " + (*container)->record.status.name + " was started before");
    auto launched = co_await launch(*container);
    if (launched)
        if (const auto sandbox = findSandbox((*container)->record.status.sandboxId))
            emit(RuntimeEvent::Type::ContainerStarted, **sandbox, id);
    co_return launched;
}

Task<Result<void>> OciRuntime::launch(Container container)
{
    auto& record = container->record;
    container->starting = true;
    std::error_code problem;
    if (fs::exists(m.paths.container(container->id()) / "conmon.pid", problem)) // an earlier process of ours died at this very place
        (void)co_await runProgram(words("delete", "--force", container->id()));
    (void)makeDirectories(fs::path(record.status.logPath).parent_path(), 0755);
    ConmonStart start {container->id(), record.status.name, record.status.logPath, record.tty, record.stdin, record.stdinOnce};
    auto started = co_await startConmon(m.loop, m.launcher, m.conmon, m.program, m.paths, std::move(start));
    if (!started) {
        container->starting = false;
        finish(container, kStartFailedCode, "StartError", started.error().message);
        co_return unexpected(started.error());
    }
    record.process = ProcessIdentity::of(started->containerPid);
    record.monitor = ProcessIdentity::of(started->conmonPid);
    record.status.startedAt = m.loop.wallTime();
    record.status.state = ContainerState::Running; // from here on an end is an exit; a crash of ours now is sorted out by recover()
    save(*container);
    watchEnd(container);
    Result<void> run = failure("it was stopped while it started");
    if (!container->stopWanted)
        run = co_await runProgram(words("start", container->id()));
    container->starting = false;
    if (run)
        co_return run;
    container->startProblem = run.error().message;
    container->signal(SIGKILL);
    co_await container->exited;
    co_return run;
}

Task<Result<void>> OciRuntime::stopContainer(std::string id, Duration grace)
{
    const auto found = m_containers.find(id);
    if (found == m_containers.end())
        co_return Result<void>();
    const auto container = found->second;
    const auto state = container->record.status.state;
    if (state == ContainerState::Exited)
        co_return Result<void>();
    if (state == ContainerState::Created && !container->starting) {
        finish(container, 128 + SIGKILL, "Error", "it was stopped before it started");
        co_return Result<void>();
    }
    container->stopWanted = true;
    Registration timer;
    if (grace > Duration::zero() && state == ContainerState::Running) {
        container->signal(parseSignal(container->record.stopSignal));
        timer = m.loop.after(grace, [container] { container->signal(SIGKILL); });
    } else {
        container->signal(SIGKILL);
    }
    co_await container->exited;
    timer.reset();
    // Its first process is gone; in a process namespace that is not its own the others still live.
    if (!container->record.ownPidNamespace && m.host.cgroups != CgroupVersion::None)
        (void)co_await runProgram(words("kill", "--all", id, "KILL"));
    co_return Result<void>();
}

Task<Result<void>> OciRuntime::removeContainer(std::string id)
{
    const auto found = m_containers.find(id);
    if (found == m_containers.end())
        co_return Result<void>();
    const auto container = found->second;
    if (auto stopped = co_await stopContainer(id, Duration::zero()); !stopped)
        co_return stopped;
    if (container->record.process)
        if (auto deleted = co_await runProgram(words("delete", "--force", id)); !deleted)
            log::warning("runtime", "the program's state of a container cannot be removed", "container", id, "error", deleted.error().message);
    auto removed = co_await runBlocking(m.loop, [&] { return discardBundle(id); });
    if (removed)
        m_containers.erase(id);
    co_return removed;
}

} // namespace kates::runtime
