// One pass over a pod that should run.
#include <algorithm>

#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/base/time.h"
#include "engine/kubelet/host_files.h"
#include "engine/kubelet/pod_worker.h"

namespace kates::kubelet {

using runtime::ContainerState;
using namespace std::chrono_literals;

namespace {

// When the container ended, on the loop's clock.
MonotonicTime finishedAt(const runtime::ContainerStatus& status, Loop& loop)
{
    const auto ago = loop.wallTime() - status.finishedAt;
    return loop.now() - std::max<Duration>(std::chrono::duration_cast<Duration>(ago), Duration::zero());
}

bool wantsRestart(const std::string& restartPolicy, int exitCode)
{
    return restartPolicy == "Always" || (restartPolicy == "OnFailure" && exitCode != 0);
}

} // namespace

Task<void> PodWorker::sync()
{
    if (deadlinePassed()) {
        m_forcedPhase = "Failed";
        m_reason = "DeadlineExceeded";
        m_message = "Pod was active on the node longer than the specified deadline";
        co_await stopEverything(m_pod.get("spec", "terminationGracePeriodSeconds").asInt(30));
        co_return;
    }
    const bool prepared = co_await prepare();
    if (!prepared)
        co_return;
    const Progress init = co_await syncInit();
    if (init == Progress::Done)
        co_await syncContainers();
    // Everything that was to run has ended: from now on the pod is history, and its sandbox can go.
    const std::string phase(makePodStatus(m_pod, view(), m_startTime).str("phase"));
    if (phase == "Succeeded" || phase == "Failed")
        co_await stopEverything(0);
}

bool PodWorker::deadlinePassed()
{
    const std::int64_t seconds = m_pod.get("spec", "activeDeadlineSeconds").asInt();
    auto started = parseTime(m_startTime);
    if (seconds <= 0 || !started)
        return false;
    const Duration left = std::chrono::seconds(seconds) - (m_context.loop.wallTime() - *started);
    if (left <= Duration::zero())
        return true;
    wakeAfter(left);
    return false;
}

// Volumes, network and sandbox. False: not yet; a wake-up is arranged.
Task<bool> PodWorker::prepare()
{
    std::string problem;
    const bool networked = co_await ensureNetworkAndSandbox();
    if (!networked)
        co_return false;
    if (m_context.volumes) {
        useReferences();
        co_await m_context.references->whenKnown(m_uid);
        VolumeManager::PodAddresses addresses{m_address.addresses.empty() ? m_context.hostIp : m_address.addresses.front(), m_context.hostIp};
        api::Value pod = m_pod;
        auto volumes = co_await m_context.volumes->prepare(pod, addresses);
        if (volumes)
            volumes = writeHostFiles();
        if (!volumes)
            problem = volumes.error().message;
        if (auto renewal = m_context.volumes->nextRenewal(m_uid))
            wakeAfter(std::max<Duration>(*renewal - m_context.loop.now(), 1s));
    }
    if (problem.empty()) {
        m_setupBackoff.forget("volumes");
        co_return true;
    }
    m_context.event(m_pod, "Warning", "FailedMount", problem);
    m_setupBackoff.next("volumes", m_context.loop.now(), m_context.loop.now());
    wakeAfter(m_setupBackoff.delay("volumes"));
    co_return false;
}

Task<bool> PodWorker::ensureNetworkAndSandbox()
{
    if (!m_sandboxId.empty() && !m_address.networkNamespace.empty())
        co_return true;
    const bool hostNetwork = m_pod.get("spec", "hostNetwork").asBool();
    std::string problem;
    if (hostNetwork) {
        m_address.networkNamespace = m_context.nodeNetworkNamespace();
        if (m_address.networkNamespace.empty())
            m_address.networkNamespace = "/proc/self/ns/net";
    } else if (m_address.networkNamespace.empty()) {
        auto attached = co_await m_context.network.attach(m_uid);
        if (attached)
            m_address = *attached;
        else
            problem = "failed to setup network for sandbox: " + attached.error().message;
    }
    if (problem.empty() && m_sandboxId.empty()) {
        const api::ObjectMeta meta(m_pod);
        runtime::SandboxConfig config;
        config.podUid = m_uid;
        config.podName = meta.name();
        config.podNamespace = meta.ns();
        config.attempt = m_sandboxAttempt;
        config.hostname = podHostname(m_pod);
        config.hostNetwork = hostNetwork;
        config.hostPid = m_pod.get("spec", "hostPID").asBool();
        config.hostIpc = m_pod.get("spec", "hostIPC").asBool();
        config.sharePid = m_pod.get("spec", "shareProcessNamespace").asBool();
        config.logDirectory = m_context.paths.podLogs(meta).string();
        const std::string qos = qosClass(m_pod);
        const char* level = qos == "BestEffort" ? "besteffort/" : qos == "Burstable" ? "burstable/" : "";
        config.cgroupParent = std::string("kubepods/") + level + "pod" + m_uid;
        config.networkNamespace = m_address.networkNamespace;
        auto sandbox = co_await m_context.runtime.runPodSandbox(config);
        if (sandbox)
            m_sandboxId = *sandbox;
        else
            problem = sandbox.error().message;
    }
    if (problem.empty()) {
        m_setupBackoff.forget("sandbox");
        co_return true;
    }
    m_context.event(m_pod, "Warning", "FailedCreatePodSandBox", "Failed to create pod sandbox: " + problem);
    m_setupBackoff.next("sandbox", m_context.loop.now(), m_context.loop.now());
    wakeAfter(m_setupBackoff.delay("sandbox"));
    co_return false;
}

void PodWorker::useReferences()
{
    const References references = referencesOf(m_pod);
    const std::string ns(api::ObjectMeta(m_pod).ns());
    std::vector<ReferencedObjects::Use> uses;
    for (const std::string& name : references.configMaps)
        uses.push_back({client::resources::configMaps, ns, name});
    for (const std::string& name : references.secrets)
        uses.push_back({client::resources::secrets, ns, name});
    m_context.references->setUses(m_uid, uses, [this] { wake(); });
}

Result<void> PodWorker::writeHostFiles()
{
    const std::string address = m_address.addresses.empty() ? m_context.hostIp : m_address.addresses.front();
    const auto write = [](const std::filesystem::path& path, const std::string& content) -> Result<void> {
        auto now = readFile(path);
        return now && *now == content ? Result<void>() : writeFileAtomically(path, content);
    };
    if (auto made = makeDirectories(m_context.paths.pod(m_uid), 0755); !made)
        return made;
    if (auto hosts = write(m_context.paths.etcHosts(m_uid), etcHosts(m_pod, address, m_context.clusterDomain)); !hosts)
        return hosts;
    return write(m_context.paths.resolvConf(m_uid), resolvConf(m_pod, m_context.network.dnsServer(), m_context.clusterDomain));
}

// Init containers one after the other; a sidecar counts as done once it has started.
Task<PodWorker::Progress> PodWorker::syncInit()
{
    const std::string podPolicy(m_pod.get("spec").str("restartPolicy"));
    api::Value pod = m_pod; // may be replaced while we wait
    for (const api::Value& spec : pod.get("spec", "initContainers")) {
        Container& container = record(spec);
        const bool sidecar = isSidecar(spec);
        auto status = container.id.empty() ? std::nullopt : m_context.runtime.container(container.id);
        if (!sidecar && status && status->state == ContainerState::Exited && status->exitCode == 0)
            continue;
        const std::string policy = sidecar ? "Always" : podPolicy == "Never" ? "Never" : "OnFailure";
        const bool progressed = co_await syncOne(container, policy);
        if (!progressed)
            co_return Progress::NotYet;
        if (sidecar && container.probes && container.probes->started())
            continue;
        co_return Progress::NotYet;
    }
    co_return Progress::Done;
}

Task<void> PodWorker::syncContainers()
{
    const std::string policy(m_pod.get("spec").str("restartPolicy"));
    api::Value pod = m_pod;
    for (const api::Value& spec : pod.get("spec", "containers")) {
        if (deleting())
            co_return;
        Container& container = record(spec);
        co_await syncOne(container, policy);
    }
    for (const api::Value& spec : pod.get("spec", "ephemeralContainers")) {
        Container& container = record(spec);
        co_await syncOne(container, "Never");
    }
}

// Brings one container to where it should be. False: it waits or has failed (a wake-up is arranged where one is needed).
Task<bool> PodWorker::syncOne(Container& container, const std::string& restartPolicy)
{
    auto status = container.id.empty() ? std::nullopt : m_context.runtime.container(container.id);
    const std::string name(container.spec.str("name"));
    if (status && status->state == ContainerState::Running) {
        if (!container.probes)
            beginProbes(container);
        std::string why;
        if (container.probes->failed())
            why = container.probes->failure();
        else if (status->image != container.spec.str("image"))
            why = "Container " + name + " definition changed, will be restarted";
        if (why.empty())
            co_return true;
        co_await stopContainer(container, m_pod.get("spec", "terminationGracePeriodSeconds").asInt(30), why);
        status = m_context.runtime.container(container.id);
        if (!wantsRestart(restartPolicy, status ? std::max(status->exitCode, 1) : 1))
            co_return false;
    } else if (status && status->state == ContainerState::Exited) {
        container.probes.reset();
        if (!wantsRestart(restartPolicy, status->exitCode))
            co_return false;
        const MonotonicTime ended = finishedAt(*status, m_context.loop);
        const Duration wait = m_restartBackoff.remaining(key(name), ended, m_context.loop.now());
        if (wait > Duration::zero()) {
            const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(m_restartBackoff.delay(key(name))).count();
            const std::string delay = seconds >= 60 ? std::to_string(seconds / 60) + "m" + std::to_string(seconds % 60) + "s" : std::to_string(seconds) + "s";
            if (container.waitingReason != "CrashLoopBackOff")
                m_context.event(m_pod, "Warning", "BackOff", "Back-off restarting failed container " + name + " in pod " + std::string(api::ObjectMeta(m_pod).name()));
            fail(container, "CrashLoopBackOff", "back-off " + delay + " restarting failed container=" + name + " pod=" + api::ObjectMeta(m_pod).key().toString());
            wakeAfter(wait);
            co_return false;
        }
        m_restartBackoff.next(key(name), ended, m_context.loop.now());
    }
    co_return co_await start(container);
}

} // namespace kates::kubelet
