#include "engine/kubelet/pod_worker.h"

#include <algorithm>

#include "engine/base/time.h"
#include "engine/kubelet/server/log_reader.h"

namespace kates::kubelet {

using runtime::ContainerState;
namespace {
constexpr std::size_t kTerminationMessageMaxBytes = 4096; // as upstream
constexpr std::size_t kFallbackLogMaxBytes = 2048;
} // namespace

PodWorker::PodWorker(KubeletContext& context, api::Value pod, std::vector<runtime::SandboxStatus> sandboxes, std::vector<runtime::ContainerStatus> existing)
    : m_context(context), m_pod(std::move(pod)), m_uid(api::ObjectMeta(m_pod).uid()), m_startTime(m_pod.get("status").str("startTime")),
      m_status(context.loop, context.client, client::resources::pods, "kubelet"), m_tasks(context.loop)
{
    if (m_startTime.empty())
        m_startTime = formatTime(context.loop.wallTime());
    adopt(std::move(sandboxes), std::move(existing));
}

PodWorker::~PodWorker() = default;

std::string PodWorker::key(const std::string& container) const
{
    return m_uid + "/" + container;
}

PodWorker::Container& PodWorker::record(const api::Value& spec)
{
    Container& container = m_containers[std::string(spec.str("name"))];
    container.spec = spec;
    return container;
}

// Takes over what an earlier kubelet process started.
void PodWorker::adopt(std::vector<runtime::SandboxStatus> sandboxes, std::vector<runtime::ContainerStatus> existing)
{
    std::sort(sandboxes.begin(), sandboxes.end(), [](const auto& a, const auto& b) { return a.attempt < b.attempt; });
    for (const auto& sandbox : sandboxes) {
        m_sandboxAttempt = sandbox.attempt + 1;
        if (sandbox.ready)
            m_sandboxId = sandbox.id;
    }
    std::sort(existing.begin(), existing.end(), [](const auto& a, const auto& b) { return a.attempt < b.attempt; });
    for (const auto& status : existing) {
        Container& container = m_containers[status.name];
        if (!container.id.empty())
            container.previous = m_context.runtime.container(container.id);
        container.id = status.id;
        container.attempt = status.attempt;
        container.postStartDone = true;
    }
}

void PodWorker::update(api::Value pod)
{
    m_pod = std::move(pod);
    wake();
}

void PodWorker::remove()
{
    m_removed = true;
    wake();
}

void PodWorker::abandon()
{
    m_abandoned = true;
    wake();
}

void PodWorker::wakeAfter(Duration delay)
{
    const MonotonicTime at = m_context.loop.now() + delay;
    if (m_timerAt && *m_timerAt <= at)
        return;
    m_timerAt = at;
    m_timer = m_context.loop.after(delay, [this] {
        m_timerAt.reset();
        wake();
    });
}

bool PodWorker::deleting() const
{
    return m_removed || api::ObjectMeta(m_pod).beingDeleted();
}

bool PodWorker::terminalPhase() const
{
    const std::string_view phase = m_pod.get("status").str("phase");
    return phase == "Succeeded" || phase == "Failed" || !m_forcedPhase.empty();
}

Task<void> PodWorker::run()
{
    while (!m_abandoned) {
        if (deleting()) {
            const std::int64_t grace = m_removed ? m_pod.get("spec", "terminationGracePeriodSeconds").asInt(30)
                                                 : m_pod.get("metadata", "deletionGracePeriodSeconds").asInt(30);
            co_await stopEverything(grace);
            co_await cleanUp();
            break;
        }
        if (terminalPhase()) {
            if (!m_terminated)
                co_await stopEverything(m_pod.get("spec", "terminationGracePeriodSeconds").asInt(30));
        } else {
            co_await sync();
        }
        publish();
        if (!m_abandoned)
            co_await m_wake.wait();
    }
    for (auto& [name, container] : m_containers)
        container.probes.reset();
    m_timer.reset();
    co_await m_tasks.finished();
    if (m_abandoned || m_removed)
        co_await m_status.abandon();
    else
        co_await m_status.close();
    if (!m_abandoned && !m_removed)
        co_await deleteFromApi();
}

PodView PodWorker::view()
{
    PodView view;
    view.hostIp = m_context.hostIp;
    view.startTime = m_startTime;
    view.sandboxReady = !m_sandboxId.empty() && !m_terminated;
    view.terminated = m_terminated;
    view.phase = m_forcedPhase;
    view.reason = m_reason;
    view.message = m_message;
    if (m_pod.get("spec", "hostNetwork").asBool())
        view.podIps = {m_context.hostIp};
    else
        view.podIps = m_address.addresses;
    for (auto& [name, container] : m_containers) {
        ContainerView one;
        if (!container.id.empty())
            one.current = m_context.runtime.container(container.id);
        if (one.current && one.current->state == ContainerState::Exited)
            readTerminationMessage(container, *one.current);
        one.previous = container.previous;
        one.waitingReason = container.waitingReason;
        one.waitingMessage = container.waitingMessage;
        one.restarts = std::max(container.attempt, 0);
        const bool running = one.current && one.current->state == ContainerState::Running;
        one.started = running && container.probes && container.probes->started();
        one.ready = running && container.probes && container.probes->ready();
        view.containers.emplace(name, std::move(one));
    }
    for (const api::Value& init : m_pod.get("spec", "initContainers")) {
        auto found = view.containers.find(std::string(init.str("name")));
        if (found != view.containers.end() && !isSidecar(init))
            found->second.ready = found->second.current && found->second.current->state == ContainerState::Exited && found->second.current->exitCode == 0;
        if (found == view.containers.end())
            view.containers[std::string(init.str("name"))].waitingReason = "PodInitializing";
    }
    const bool initializing = m_pod.get("spec", "initContainers").size() > 0;
    for (const api::Value& spec : m_pod.get("spec", "containers"))
        if (!view.containers.contains(std::string(spec.str("name"))))
            view.containers[std::string(spec.str("name"))].waitingReason = initializing ? "PodInitializing" : "ContainerCreating";
    return view;
}

// What the container wrote to its termination message file, or, when it failed and asks for that, the end of its log.
void PodWorker::readTerminationMessage(Container& container, runtime::ContainerStatus& status)
{
    if (container.messageOf != container.attempt && m_context.volumes) {
        container.messageOf = container.attempt;
        container.terminationMessage = readTail(m_context.paths.terminationMessage(m_uid, status.name, status.attempt).string(), kTerminationMessageMaxBytes);
        const bool fallback = container.spec.str("terminationMessagePolicy") == "FallbackToLogsOnError" && status.exitCode != 0;
        if (container.terminationMessage.empty() && fallback)
            container.terminationMessage = logTail(status.logPath, kFallbackLogMaxBytes);
    }
    if (!container.terminationMessage.empty())
        status.message = container.terminationMessage;
}

void PodWorker::publish()
{
    if (!m_removed)
        m_status.set(m_pod, makePodStatus(m_pod, view(), formatTime(m_context.loop.wallTime())));
}

std::optional<runtime::ContainerStatus> PodWorker::container(const std::string& name, bool previous) const
{
    auto found = m_containers.find(name);
    if (found == m_containers.end())
        return std::nullopt;
    if (previous)
        return found->second.previous;
    if (found->second.id.empty())
        return std::nullopt;
    return m_context.runtime.container(found->second.id);
}

} // namespace kates::kubelet
