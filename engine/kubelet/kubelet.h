// The node agent: registers its node, runs a worker for every pod bound to it, and answers for logs, exec, attach and port-forward (server/).
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/kubelet/node_registration.h"
#include "engine/kubelet/pod_source.h"
#include "engine/kubelet/pod_worker.h"

namespace kates::kubelet {

struct KubeletOptions {
    NodeDescription node;
    KubeletPaths paths;
    std::string clusterDomain = "cluster.local";
    Duration leaseRenewEvery = std::chrono::seconds(kLeaseRenewSeconds);
    // type, reason and message of an event about a pod.
    std::function<void(const api::Value& object, const char* type, const char* reason, const std::string& message)> event;
};

class Kubelet {
public:
    // `services` may be null (simulated nodes). Everything given outlives the kubelet.
    Kubelet(Loop& loop, KubeletOptions options, std::shared_ptr<client::Client> client, PodSource& pods, client::Informer* services,
        runtime::ContainerRuntime& runtime, network::PodNetwork& network);
    ~Kubelet();

    // Registers the node; pods are taken up once the pod informer has synced.
    void start();
    // Stops working; containers go on running.
    Task<void> stop();
    Future<Done> registered() const { return m_registration.registered(); }
    NodeRegistration& registration() { return m_registration; }

    PodWorker* findPod(std::string_view ns, std::string_view name);
    std::vector<api::Value> pods() const;
    // Completes when this container has ended (at once when it is not known or has ended already).
    Future<Done> whenExited(const std::string& containerId);
    runtime::ContainerRuntime& runtime() { return m_runtime; }
    Loop& loop() { return m_context.loop; }
    const std::string& nodeName() const { return m_context.nodeName; }
    bool simulated() const { return m_simulated; } // its pods run nothing

private:
    Task<void> begin();
    Task<void> runWorker(std::string uid);
    Task<void> removeLeftOvers();
    void podChanged(const api::Value& pod);
    void podRemoved(const api::Value& pod);
    void runtimeEvent(const runtime::RuntimeEvent& event);

    bool m_simulated;
    PodSource& m_pods;
    runtime::ContainerRuntime& m_runtime;
    network::PodNetwork& m_network;
    std::unique_ptr<ReferencedObjects> m_references;
    std::unique_ptr<VolumeManager> m_volumes;
    KubeletContext m_context;
    NodeRegistration m_registration;
    std::map<std::string, std::unique_ptr<PodWorker>> m_workers; // by uid
    // What the runtime knew when we started, until its pod claims it.
    std::map<std::string, std::vector<runtime::SandboxStatus>> m_foundSandboxes;
    std::map<std::string, std::vector<runtime::ContainerStatus>> m_foundContainers;
    std::map<std::string, Future<Done>> m_exits; // by container, only those that somebody waits for
    TaskGroup m_tasks;
};

} // namespace kates::kubelet
