#include "engine/runtime/oci/oci_runtime.h"

#include <unistd.h>

#include "engine/base/blocking.h"
#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/runtime/oci/oci_runtime_impl.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {

Result<fs::path> findPauseProgram(const fs::path& wanted)
{
    std::error_code problem;
    const auto here = fs::read_symlink("/proc/self/exe", problem).parent_path();
    for (const auto& candidate : {wanted, here / "kates-pause", here / "../libexec/kates/kates-pause"})
        if (!candidate.empty() && ::access(candidate.c_str(), X_OK) == 0)
            return fs::canonical(candidate, problem);
    return failure("the program kates-pause is not installed beside " + here.string() + " (it belongs to Kates)");
}

struct Prepared {
    std::shared_ptr<ImageStore> store;
    RootfsKind rootfs;
};

Result<Prepared> prepareDirectories(const OciRuntimeOptions& options, const RuntimePaths& paths)
{
    for (const auto& directory : {paths.sandboxes(), paths.containers(), paths.exits(), paths.runtimeState()})
        if (auto made = makeDirectories(directory); !made)
            return unexpected(made.error());
    auto store = ImageStore::open(options.imageStore);
    if (!store)
        return unexpected(store.error());
    collectGarbage(**store);
    const auto kind = options.rootfs ? *options.rootfs : probeRootfs(options.imageStore / "ingest", paths.root);
    return Prepared {*store, kind};
}

} // namespace

Task<Result<std::unique_ptr<ContainerRuntime>>> makeOciRuntime(
    Loop& loop, Random& random, ProcessLauncher& launcher, http::Client& client, OciRuntimeOptions options)
{
    const RuntimePaths paths {options.directory};
    const auto pause = findPauseProgram(options.pauseProgram);
    if (!pause)
        co_return unexpected(pause.error());
    const auto conmon = options.conmon.starts_with('/') ? options.conmon : findProgram(options.conmon);
    if (conmon.empty())
        co_return failure("the program " + options.conmon + " is not installed (package conmon)");
    auto prepared = co_await runBlocking(loop, [&] { return prepareDirectories(options, paths); });
    if (!prepared)
        co_return unexpected(prepared.error());
    auto host = detectHostFeatures(options.cgroup);
    auto program = co_await chooseOciProgram(launcher, options.programs, paths, *pause, host);
    if (!program)
        co_return unexpected(program.error());
    if (prepared->rootfs == RootfsKind::Copy)
        host.limitations.push_back("no overlay file system can be mounted: every container copies its image, which takes time and space");
    log::info("runtime", "containers run", "program", program->path, "version", program->version, "cgroup", host.cgroupRoot);
    auto runtime = std::make_unique<OciRuntime>(OciRuntime::Parts {
        loop, random, launcher, client, prepared->store, paths, std::move(host), std::move(*program), conmon, *pause, prepared->rootfs});
    runtime->recover();
    co_return runtime;
}

Result<OciRuntime::Sandbox> OciRuntime::findSandbox(const std::string& id) const
{
    const auto found = m_sandboxes.find(id);
    if (found == m_sandboxes.end())
        return failure("the pod sandbox " + id + " does not exist");
    return found->second;
}

Result<OciRuntime::Container> OciRuntime::findContainer(const std::string& id) const
{
    const auto found = m_containers.find(id);
    if (found == m_containers.end())
        return failure("the container " + id + " does not exist");
    return found->second;
}

Result<OciRuntime::Container> OciRuntime::findRunning(const std::string& id) const
{
    auto container = findContainer(id);
    if (container && !(*container)->running())
        return failure("the container " + (*container)->record.status.name + " does not run");
    return container;
}

std::vector<SandboxStatus> OciRuntime::sandboxes() const
{
    std::vector<SandboxStatus> all;
    for (const auto& [id, sandbox] : m_sandboxes) {
        const auto& config = sandbox->config;
        all.push_back({id, config.podUid, config.podName, config.podNamespace, config.attempt, sandbox->ready, config.networkNamespace,
            sandbox->createdAt, config.labels});
    }
    return all;
}

std::vector<ContainerStatus> OciRuntime::containers() const
{
    std::vector<ContainerStatus> all;
    for (const auto& [id, container] : m_containers)
        if (!container->record.internal)
            all.push_back(container->record.status);
    return all;
}

std::optional<ContainerStatus> OciRuntime::container(const std::string& id) const
{
    const auto found = m_containers.find(id);
    return found == m_containers.end() ? std::nullopt : std::optional(found->second->record.status);
}

void OciRuntime::emit(RuntimeEvent::Type type, const SandboxRecord& sandbox, const std::string& containerId)
{
    if (m_handler)
        m_handler({type, sandbox.config.podUid, sandbox.id, containerId});
}

void OciRuntime::save(const OciContainer& container) const
{
    if (auto saved = saveRecord(m.paths.containerRecord(container.id()), container.record); !saved)
        log::warning("runtime", "a container's record cannot be written", "container", container.id(), "error", saved.error().message);
}

Task<Result<void>> OciRuntime::runProgram(std::vector<std::string> arguments)
{
    const auto what = m.program.name + " " + arguments.front();
    auto ran = co_await m.launcher.run(m.program.command(std::move(arguments)));
    if (!ran)
        co_return unexpected(ran.error());
    if (ran->status.success())
        co_return Result<void>();
    auto said = ran->standardError;
    while (!said.empty() && said.back() == '\n')
        said.pop_back();
    co_return failure(what + ": " + (said.empty() ? "code " + std::to_string(ran->status.code) : said));
}

} // namespace kates::runtime
