// One pod of this node, from the first sight of it to its removal. Level-based: every pass compares the pod's spec with what the runtime says and takes the
// steps that are missing, so it does not matter what happened in which order, or whether this process was restarted in between.
//
// A worker is one coroutine; everything that could matter (a new spec, a container's exit, a probe's verdict, a timer) only wakes it.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/client/status_writer.h"
#include "engine/kubelet/backoff.h"
#include "engine/kubelet/kubelet_context.h"
#include "engine/kubelet/pod_status.h"
#include "engine/kubelet/probes/container_probes.h"

namespace kates::kubelet {

class PodWorker {
public:
    // `existing`: this pod's sandboxes and containers that the runtime knew when the kubelet started.
    PodWorker(KubeletContext& context, api::Value pod, std::vector<runtime::SandboxStatus> sandboxes, std::vector<runtime::ContainerStatus> existing);
    ~PodWorker();

    void update(api::Value pod); // a newer version of the object
    void remove();               // the object is gone: stop everything
    void runtimeChanged() { wake(); }
    // Ends the worker without touching containers (the kubelet is going down).
    void abandon();
    // Until the pod is gone from node and API, or abandon(). The object may be destroyed afterwards.
    Task<void> run();

    const api::Value& pod() const { return m_pod; }
    // For logs, exec and attach: the newest attempt of this container, or the one before.
    std::optional<runtime::ContainerStatus> container(const std::string& name, bool previous) const;
    const std::string& sandboxId() const { return m_sandboxId; }

private:
    struct Container {
        api::Value spec;
        std::string id;                 // newest attempt; empty before the first
        int attempt = -1;
        std::optional<runtime::ContainerStatus> previous;
        std::string waitingReason, waitingMessage;
        std::unique_ptr<ContainerProbes> probes;
        bool postStartDone = false;
        int messageOf = -1; // the attempt whose termination message has been read
        std::string terminationMessage;
    };
    enum class Progress { Done, NotYet, Failed };

    // pod_worker.cpp
    void wake() { m_wake.notify(); }
    void wakeAfter(Duration delay);
    std::string key(const std::string& container) const;
    Container& record(const api::Value& spec);
    void adopt(std::vector<runtime::SandboxStatus> sandboxes, std::vector<runtime::ContainerStatus> existing);
    bool deleting() const;
    bool terminalPhase() const;
    PodView view();
    void readTerminationMessage(Container& container, runtime::ContainerStatus& status);
    void publish();

    // pod_sync.cpp
    Task<void> sync();
    Task<bool> prepare();
    Task<bool> ensureNetworkAndSandbox();
    void useReferences();
    Result<void> writeHostFiles();
    Task<Progress> syncInit();
    Task<void> syncContainers();
    Task<bool> syncOne(Container& container, const std::string& restartPolicy);
    bool deadlinePassed();

    // container_start.cpp
    Task<bool> start(Container& container);
    Task<bool> ensureImage(Container& container, runtime::ContainerConfig& config);
    Task<Result<runtime::ImageStatus>> pull(std::string image);
    Result<void> fillConfig(Container& container, runtime::ContainerConfig& config);
    Task<void> afterStart(Container& container);
    void beginProbes(Container& container);
    void fail(Container& container, const std::string& reason, const std::string& message);

    // pod_termination.cpp
    Task<void> stopEverything(std::int64_t graceSeconds);
    Task<void> stopContainer(Container& container, std::int64_t graceSeconds, std::string why);
    Task<void> stopAsTask(Container* container, std::int64_t graceSeconds, std::shared_ptr<int> left, Event done);
    Task<void> cleanUp();
    Task<void> deleteFromApi();

    KubeletContext& m_context;
    api::Value m_pod;
    std::string m_uid;
    std::map<std::string, Container> m_containers; // init and ephemeral ones too
    std::string m_sandboxId;
    int m_sandboxAttempt = 0;
    network::PodNetworkStatus m_address;
    Backoff m_restartBackoff{std::chrono::seconds(10), std::chrono::minutes(5)};
    Backoff m_imageBackoff{std::chrono::seconds(10), std::chrono::minutes(5)};
    struct PullFailure {
        MonotonicTime at;
        std::string message;
    };
    std::map<std::string, PullFailure> m_pullFailures; // by image
    Backoff m_setupBackoff{std::chrono::milliseconds(500), std::chrono::seconds(30)};
    std::string m_startTime;
    std::string m_forcedPhase, m_reason, m_message;
    bool m_removed = false, m_abandoned = false, m_terminated = false;
    Signal m_wake;
    Registration m_timer;
    std::optional<MonotonicTime> m_timerAt;

    client::StatusWriter m_status;
    TaskGroup m_tasks;
};

} // namespace kates::kubelet
