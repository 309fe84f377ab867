#include "engine/kubelet/kubelet.h"

#include <filesystem>

#include "engine/base/log.h"

namespace kates::kubelet {

using runtime::ContainerState;

Kubelet::Kubelet(Loop& loop, KubeletOptions options, std::shared_ptr<client::Client> client, PodSource& pods, client::Informer* services,
    runtime::ContainerRuntime& runtime, network::PodNetwork& network)
    : m_simulated(options.node.simulated), m_pods(pods), m_runtime(runtime), m_network(network),
      m_references(m_simulated ? nullptr : std::make_unique<ReferencedObjects>(loop, client)),
      m_volumes(m_simulated ? nullptr : std::make_unique<VolumeManager>(loop, options.paths, client, *m_references)),
      m_context{loop, options.node.name, options.node.internalIp, options.clusterDomain, options.paths, client, runtime, network,
          m_references.get(), m_volumes.get(), services, options.event},
      m_registration(loop, client, options.node, options.leaseRenewEvery), m_tasks(loop)
{
    m_runtime.onEvent([this](const runtime::RuntimeEvent& event) { runtimeEvent(event); });
}

Kubelet::~Kubelet() = default;

void Kubelet::start()
{
    for (auto& sandbox : m_runtime.sandboxes())
        m_foundSandboxes[sandbox.podUid].push_back(sandbox);
    for (auto& container : m_runtime.containers())
        m_foundContainers[container.podUid].push_back(container);
    m_registration.start();
    m_tasks.spawn(begin());
}

Task<void> Kubelet::begin()
{
    Future<Done> synced = m_pods.whenSynced();
    co_await synced;
    if (m_tasks.stopToken().stop_requested())
        co_return;
    PodHandler handler;
    handler.changed = [this](const api::Value& pod) { podChanged(pod); };
    handler.removed = [this](const api::Value& pod) { podRemoved(pod); };
    m_pods.subscribe(m_context.nodeName, std::move(handler));
    co_await removeLeftOvers();
}

// Sandboxes, networks and directories of pods that went away while no kubelet ran.
Task<void> Kubelet::removeLeftOvers()
{
    auto sandboxes = std::exchange(m_foundSandboxes, {});
    m_foundContainers.clear();
    for (auto& [uid, list] : sandboxes) {
        for (auto& sandbox : list) {
            log::info("kubelet", "removing a pod that is gone from the API", "pod", sandbox.podNamespace + "/" + sandbox.podName);
            (void)co_await m_runtime.stopPodSandbox(sandbox.id);
            (void)co_await m_runtime.removePodSandbox(sandbox.id);
        }
    }
    for (const std::string& uid : m_network.attached())
        if (!m_workers.contains(uid))
            (void)co_await m_network.detach(uid);
    if (!m_volumes)
        co_return;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(m_context.paths.pods(), ignored))
        if (!m_workers.contains(entry.path().filename().string()))
            (void)m_volumes->remove(entry.path().filename().string());
}

void Kubelet::podChanged(const api::Value& pod)
{
    const std::string uid(api::ObjectMeta(pod).uid());
    if (auto found = m_workers.find(uid); found != m_workers.end()) {
        found->second->update(pod);
        return;
    }
    if (m_tasks.stopToken().stop_requested())
        return;
    auto sandboxes = m_foundSandboxes.extract(uid);
    auto containers = m_foundContainers.extract(uid);
    m_workers[uid] = std::make_unique<PodWorker>(m_context, pod, sandboxes.empty() ? std::vector<runtime::SandboxStatus>() : std::move(sandboxes.mapped()),
        containers.empty() ? std::vector<runtime::ContainerStatus>() : std::move(containers.mapped()));
    m_tasks.spawn(runWorker(uid));
}

Task<void> Kubelet::runWorker(std::string uid)
{
    // In a turn of its own: the informer that told us is still handing out events.
    co_await yieldTo(m_context.loop);
    PodWorker* worker = m_workers.at(uid).get();
    co_await worker->run();
    co_await yieldTo(m_context.loop);
    m_workers.erase(uid);
    // The object may have outlived its worker (the last delete failed): take it up again.
    if (m_tasks.stopToken().stop_requested())
        co_return;
    for (const api::Value& pod : m_pods.podsOf(m_context.nodeName))
        if (api::ObjectMeta(pod).uid() == uid) {
            co_await sleepFor(m_context.loop, std::chrono::seconds(5), m_tasks.stopToken());
            for (const api::Value& still : m_pods.podsOf(m_context.nodeName))
                if (api::ObjectMeta(still).uid() == uid)
                    podChanged(still);
            co_return;
        }
}

void Kubelet::podRemoved(const api::Value& pod)
{
    if (auto found = m_workers.find(std::string(api::ObjectMeta(pod).uid())); found != m_workers.end())
        found->second->remove();
}

void Kubelet::runtimeEvent(const runtime::RuntimeEvent& event)
{
    if (event.type == runtime::RuntimeEvent::Type::ContainerExited)
        if (auto exit = m_exits.extract(event.containerId); !exit.empty())
            exit.mapped().set({});
    if (auto found = m_workers.find(event.podUid); found != m_workers.end())
        found->second->runtimeChanged();
}

Task<void> Kubelet::stop()
{
    m_pods.unsubscribe(m_context.nodeName);
    m_tasks.requestStop();
    for (auto& [uid, worker] : m_workers)
        worker->abandon();
    co_await m_registration.stop();
    co_await m_tasks.finished();
    if (m_references)
        co_await m_references->stop();
}

PodWorker* Kubelet::findPod(std::string_view ns, std::string_view name)
{
    for (auto& [uid, worker] : m_workers) {
        const api::ObjectMeta meta(worker->pod());
        if (meta.name() == name && meta.ns() == ns)
            return worker.get();
    }
    return nullptr;
}

std::vector<api::Value> Kubelet::pods() const
{
    std::vector<api::Value> list;
    for (const auto& [uid, worker] : m_workers)
        list.push_back(worker->pod());
    return list;
}

Future<Done> Kubelet::whenExited(const std::string& containerId)
{
    auto status = m_runtime.container(containerId);
    if (!status || status->state != ContainerState::Running) {
        Future<Done> now;
        now.set({});
        return now;
    }
    return m_exits[containerId];
}

} // namespace kates::kubelet
