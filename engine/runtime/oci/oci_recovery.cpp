// How containers end, and what a new process makes of those that an earlier one left.
//
// A container has ended when its conmon has: conmon writes the exit file first. When conmon itself was killed nobody reads the container's output and
// nobody will know its exit code: the container is killed too, as containerd does when a shim dies.
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/runtime/oci/oci_runtime_impl.h"
#include "engine/runtime/oci/pod_namespaces.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {

constexpr int kKilledCode = 128 + SIGKILL;
constexpr std::size_t kExitFileSizeMaxBytes = 64;

struct Exit {
    int code = 0;
    WallTime time;
};

std::optional<Exit> readExit(const fs::path& path)
{
    const auto text = readFile(path, kExitFileSizeMaxBytes);
    struct stat info {};
    if (!text || text->empty() || ::stat(path.c_str(), &info) != 0)
        return std::nullopt;
    const auto time = std::chrono::seconds(info.st_mtim.tv_sec) + std::chrono::nanoseconds(info.st_mtim.tv_nsec);
    return Exit {std::atoi(text->c_str()), WallTime(std::chrono::duration_cast<WallTime::duration>(time))};
}

} // namespace

void OciRuntime::watchEnd(const Container& container)
{
    const auto& monitor = container->record.monitor;
    // Callbacks do not outlive the container, nor it this runtime.
    container->monitorEnd = std::make_unique<ProcessEnd>(
        m.loop, monitor.value_or(ProcessIdentity {}), [this, weak = std::weak_ptr(container)] {
            if (const auto ended = weak.lock())
                monitorEnded(ended);
        });
}

void OciRuntime::monitorEnded(const Container& container)
{
    const auto& record = container->record;
    if (const auto exit = readExit(m.paths.exitFile(container->id()))) {
        container->record.status.finishedAt = exit->time;
        const bool outOfMemory = ::access((m.paths.container(container->id()) / "oom").c_str(), F_OK) == 0;
        finish(container, exit->code, outOfMemory ? "OOMKilled" : exit->code == 0 ? "Completed" : "Error", {});
        return;
    }
    if (!record.process || !record.process->alive()) {
        processEndedUnwatched(container);
        return;
    }
    container->processEnd = std::make_unique<ProcessEnd>(m.loop, *record.process, [this, weak = std::weak_ptr(container)] {
        if (const auto ended = weak.lock())
            processEndedUnwatched(ended);
    });
    container->signal(SIGKILL);
}

void OciRuntime::processEndedUnwatched(const Container& container)
{
    finish(container, kKilledCode, "Error", "its monitor (conmon) was killed, and the container with it");
}

void OciRuntime::finish(const Container& container, int exitCode, std::string reason, std::string message)
{
    auto& status = container->record.status;
    if (status.state == ContainerState::Exited)
        return;
    const bool wasRunning = status.state == ContainerState::Running && container->startProblem.empty();
    status.state = ContainerState::Exited;
    status.exitCode = exitCode;
    status.reason = std::move(reason);
    status.message = std::move(message);
    if (!container->startProblem.empty()) {
        status.exitCode = 128;
        status.reason = "StartError";
        status.message = container->startProblem;
    }
    if (status.finishedAt == WallTime())
        status.finishedAt = m.loop.wallTime();
    save(*container);
    const auto keep = container; // handlers and waiters may remove it
    const auto sandbox = m_sandboxes.find(status.sandboxId);
    if (sandbox != m_sandboxes.end()) {
        const auto record = sandbox->second;
        if (record->pauseContainer == keep->id() && record->ready) {
            record->ready = false; // its process namespace is gone
            (void)saveRecord(m.paths.sandboxRecord(record->id), *record);
            emit(RuntimeEvent::Type::SandboxStopped, *record);
        } else if (wasRunning && !keep->record.internal) {
            emit(RuntimeEvent::Type::ContainerExited, *record, keep->id());
        }
    }
    keep->exited.set({});
}

void OciRuntime::recover()
{
    recoverSandboxes();
    recoverContainers();
}

void OciRuntime::recoverSandboxes()
{
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(m.paths.sandboxes(), problem)) {
        const auto id = entry.path().filename().string();
        auto record = loadSandboxRecord(m.paths.sandboxRecord(id));
        if (!record || record->id != id) { // we died while it was made
            releaseSandboxMounts(id);
            (void)removeTree(entry.path());
            continue;
        }
        // After a reboot nothing is mounted any more.
        if (!record->config.hostIpc && !isNamespaceFile(m.paths.sandboxIpc(id)))
            record->ready = false;
        m_sandboxes.emplace(id, std::make_shared<SandboxRecord>(std::move(*record)));
    }
}

void OciRuntime::recoverContainers()
{
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(m.paths.containers(), problem)) {
        const auto id = entry.path().filename().string();
        auto record = loadContainerRecord(m.paths.containerRecord(id));
        if (!record || record->status.id != id || !m_sandboxes.contains(record->status.sandboxId)) {
            if (auto discarded = discardBundle(id); !discarded)
                log::warning("runtime", "what is left of a container cannot be removed", "container", id, "error", discarded.error().message);
            continue;
        }
        auto container = std::make_shared<OciContainer>();
        container->record = std::move(*record);
        m_containers.emplace(id, container);
        if (container->record.status.state == ContainerState::Exited) {
            container->exited.set({});
        } else if (container->record.status.state == ContainerState::Running) {
            if (fs::exists(m.paths.runtimeState() / id / "exec.fifo", problem)) // we died before it was told to run
                container->signal(SIGKILL);
            if (container->record.monitor && container->record.monitor->alive())
                watchEnd(container);
            else
                monitorEnded(container); // what happened meanwhile is known at once
        }
    }
}

} // namespace kates::runtime
