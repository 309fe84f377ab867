// Stopping a pod: hooks, signals, grace, and then leaving nothing behind.
#include "engine/base/log.h"
#include "engine/kubelet/pod_worker.h"

namespace kates::kubelet {

using runtime::ContainerState;

Task<void> PodWorker::stopContainer(Container& container, std::int64_t graceSeconds, std::string why)
{
    container.probes.reset();
    if (container.id.empty())
        co_return;
    auto status = m_context.runtime.container(container.id);
    if (!status || status->state != ContainerState::Running)
        co_return;
    const std::string id = container.id;
    m_context.event(m_pod, "Normal", "Killing", why.empty() ? "Stopping container " + std::string(container.spec.str("name")) : why);
    Duration grace = std::chrono::seconds(std::max<std::int64_t>(graceSeconds, 0));
    const api::Value hook = container.spec.get("lifecycle", "preStop");
    if (!hook.isNull() && graceSeconds > 0) {
        const MonotonicTime begin = m_context.loop.now();
        const std::string podIp = m_address.addresses.empty() ? m_context.hostIp : m_address.addresses.front();
        ProbeTarget target{id, podIp, m_context.nodeNetworkNamespace(), container.spec};
        auto outcome = co_await runHandler(m_context.loop, m_context.runtime, target, hook, grace);
        if (outcome.result == ProbeOutcome::Result::Failure)
            m_context.event(m_pod, "Warning", "FailedPreStopHook", "PreStopHook failed: " + outcome.message);
        // At least two seconds are left for the container itself, as upstream.
        grace = std::max<Duration>(grace - (m_context.loop.now() - begin), std::chrono::seconds(2));
    }
    auto stopped = co_await m_context.runtime.stopContainer(id, grace);
    if (!stopped)
        log::warning("kubelet", "container not stopped", "container", id, "error", stopped.error().message);
}

Task<void> PodWorker::stopAsTask(Container* container, std::int64_t graceSeconds, std::shared_ptr<int> left, Event done)
{
    co_await stopContainer(*container, graceSeconds, "");
    if (--*left == 0)
        done.set({});
}

// All containers at once, sidecars after the others, then the sandbox.
Task<void> PodWorker::stopEverything(std::int64_t graceSeconds)
{
    std::vector<Container*> ordinary, sidecars;
    for (auto& [name, container] : m_containers)
        (isSidecar(container.spec) ? sidecars : ordinary).push_back(&container);
    for (auto* group : {&ordinary, &sidecars}) {
        if (group->empty())
            continue;
        auto left = std::make_shared<int>(static_cast<int>(group->size()));
        Event done;
        for (Container* container : *group)
            m_tasks.spawn(stopAsTask(container, graceSeconds, left, done));
        co_await done;
    }
    m_terminated = true;
    publish(); // the containers' end is known before their sandbox goes
    if (m_sandboxId.empty())
        co_return;
    const std::string sandbox = m_sandboxId;
    auto stopped = co_await m_context.runtime.stopPodSandbox(sandbox);
    if (!stopped)
        log::warning("kubelet", "sandbox not stopped", "pod", m_uid, "error", stopped.error().message);
    if (!m_pod.get("spec", "hostNetwork").asBool())
        (void)co_await m_context.network.detach(m_uid);
}

// Removes the pod from the node: containers, sandbox, volumes.
Task<void> PodWorker::cleanUp()
{
    publish();
    if (!m_sandboxId.empty()) {
        const std::string sandbox = m_sandboxId;
        auto removed = co_await m_context.runtime.removePodSandbox(sandbox);
        if (!removed)
            log::warning("kubelet", "sandbox not removed", "pod", m_uid, "error", removed.error().message);
    }
    if (m_context.references)
        m_context.references->release(m_uid);
    if (m_context.volumes) {
        if (auto removed = m_context.volumes->remove(m_uid); !removed)
            log::warning("kubelet", "volumes not removed", "pod", m_uid, "error", removed.error().message);
        std::error_code ignored;
        std::filesystem::remove_all(m_context.paths.podLogs(api::ObjectMeta(m_pod)), ignored);
    }
}

// The last step of a graceful deletion: the object itself, if it is still this pod.
Task<void> PodWorker::deleteFromApi()
{
    const api::ObjectKey key = api::ObjectMeta(m_pod).key();
    client::DeleteOptions options;
    options.gracePeriodSeconds = 0;
    options.preconditionUid = m_uid;
    for (int attempt = 0; attempt < 10; ++attempt) {
        auto deleted = co_await m_context.client->remove(client::resources::pods, key.ns, key.name, options);
        if (deleted || deleted.error().isNotFound() || deleted.error().isConflict())
            co_return;
        co_await sleepFor(m_context.loop, std::chrono::seconds(1));
    }
    // The object stays in the API as it is: the informer brings it back, and the next worker tries again.
}

} // namespace kates::kubelet
