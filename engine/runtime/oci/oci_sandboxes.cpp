// Pod sandboxes.
#include <algorithm>

#include "engine/base/blocking.h"
#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/runtime/oci/oci_runtime_impl.h"
#include "engine/runtime/oci/pod_namespaces.h"

namespace kates::runtime {

namespace {

constexpr int kIdBytes = 32;

Result<void> prepareSandbox(const RuntimePaths& paths, const SandboxRecord& record)
{
    if (auto made = makeDirectories(paths.sandbox(record.id)); !made)
        return made;
    if (!record.config.logDirectory.empty())
        if (auto made = makeDirectories(record.config.logDirectory, 0755); !made)
            return made;
    if (!record.config.hostIpc) {
        if (auto made = makeIpcNamespace(paths.sandboxIpc(record.id)); !made)
            return made;
        if (auto mounted = mountShm(paths.sandboxShm(record.id)); !mounted)
            return mounted;
    }
    if (auto written = replaceFile(paths.sandboxHostname(record.id), record.config.hostname + "\n", 0644); !written)
        return written;
    return saveRecord(paths.sandboxRecord(record.id), record); // last: without it the directory is rubbish
}

// It becomes part of paths below the cgroup file system, also of such that are removed.
bool isBelow(const std::string& cgroupParent)
{
    const std::filesystem::path path(cgroupParent);
    return path.is_relative() && std::find(path.begin(), path.end(), "..") == path.end();
}

} // namespace

Task<Result<std::string>> OciRuntime::runPodSandbox(SandboxConfig config)
{
    if (!isBelow(config.cgroupParent))
        co_return failure("the pod's cgroup \"" + config.cgroupParent + "\" has to be a path below the runtime's");
    if (config.networkNamespace.empty() && !config.hostNetwork)
        co_return failure("the pod sandbox has no network namespace");
    auto sandbox = std::make_shared<SandboxRecord>();
    sandbox->id = m.random.hex(kIdBytes);
    sandbox->config = std::move(config);
    sandbox->createdAt = m.loop.wallTime();
    auto prepared = co_await runBlocking(m.loop, [&] { return prepareSandbox(m.paths, *sandbox); });
    if (prepared) {
        m_sandboxes.emplace(sandbox->id, sandbox);
        if (sandbox->config.sharePid)
            prepared = co_await startPause(sandbox);
    }
    if (!prepared) {
        (void)co_await removePodSandbox(sandbox->id);
        releaseSandboxMounts(sandbox->id);
        (void)removeTree(m.paths.sandbox(sandbox->id));
        co_return unexpected(prepared.error());
    }
    co_return sandbox->id;
}

// A pod whose containers see each other's processes needs a first process that outlives them all.
Task<Result<void>> OciRuntime::startPause(Sandbox sandbox)
{
    ContainerConfig config;
    config.name = "pause";
    config.command = {"/kates-pause"};
    config.mounts = {{m.pauseProgram.string(), "/kates-pause", true, ""}};
    config.security.readOnlyRootFilesystem = true;
    config.security.dropCapabilities = {"ALL"};
    config.resources.oomScoreAdj = -998;
    const auto id = m.random.hex(kIdBytes);
    auto written = makeDirectories(m.paths.rootfs(id), 0755);
    if (written)
        written = writeSpec({.id = id, .sandboxId = sandbox->id, .sandbox = sandbox->config, .container = config});
    if (!written)
        co_return written;
    auto container = std::make_shared<OciContainer>();
    container->record.internal = true;
    container->record.status = {.id = id, .sandboxId = sandbox->id, .name = config.name, .podUid = sandbox->config.podUid,
        .state = ContainerState::Created, .createdAt = m.loop.wallTime(), .logPath = (m.paths.container(id) / "pause.log").string()};
    m_containers.emplace(id, container);
    save(*container);
    sandbox->pauseContainer = id;
    auto saved = saveRecord(m.paths.sandboxRecord(sandbox->id), *sandbox);
    if (!saved)
        co_return saved;
    co_return co_await launch(container);
}

std::string OciRuntime::pidNamespaceOf(const SandboxRecord& sandbox) const
{
    const auto pause = m_containers.find(sandbox.pauseContainer);
    if (pause == m_containers.end() || !pause->second->running() || !pause->second->record.process)
        return {};
    return "/proc/" + std::to_string(pause->second->record.process->pid) + "/ns/pid";
}

Task<Result<void>> OciRuntime::stopPodSandbox(std::string id)
{
    const auto found = m_sandboxes.find(id);
    if (found == m_sandboxes.end() || !found->second->ready)
        co_return Result<void>();
    const auto sandbox = found->second;
    sandbox->ready = false; // from here on no container is made in it
    (void)saveRecord(m.paths.sandboxRecord(id), *sandbox);
    std::vector<std::string> ids;
    for (const auto& [containerId, container] : m_containers)
        if (container->record.status.sandboxId == id && containerId != sandbox->pauseContainer)
            ids.push_back(containerId);
    if (!sandbox->pauseContainer.empty())
        ids.push_back(sandbox->pauseContainer); // last: its end kills what is left in the pod
    for (const auto& containerId : ids)
        if (auto stopped = co_await stopContainer(containerId, Duration::zero()); !stopped)
            co_return stopped;
    emit(RuntimeEvent::Type::SandboxStopped, *sandbox);
    co_return Result<void>();
}

Task<Result<void>> OciRuntime::removePodSandbox(std::string id)
{
    if (!m_sandboxes.contains(id))
        co_return Result<void>();
    const auto sandbox = m_sandboxes.at(id);
    auto done = co_await stopPodSandbox(id);
    std::vector<std::string> ids;
    for (const auto& [containerId, container] : m_containers)
        if (container->record.status.sandboxId == id)
            ids.push_back(containerId);
    for (const auto& containerId : ids)
        if (done)
            done = co_await removeContainer(containerId);
    if (!done)
        co_return done;
    releaseSandboxMounts(id);
    removeCgroup(m.host, sandbox->config.cgroupParent);
    if (auto removed = removeTree(m.paths.sandbox(id)); !removed)
        co_return removed;
    m_sandboxes.erase(id);
    co_return Result<void>();
}

void OciRuntime::releaseSandboxMounts(const std::string& id)
{
    for (const auto& path : {m.paths.sandboxShm(id), m.paths.sandboxIpc(id)})
        if (auto unmounted = unmount(path); !unmounted)
            log::warning("runtime", "a mount of a pod cannot be undone", "error", unmounted.error().message);
}

} // namespace kates::runtime
