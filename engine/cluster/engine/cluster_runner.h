// One cluster: brings its processes to what Cluster.spec says, and says in Cluster.status how far that has come. Level-based: every pass looks at what is wanted
// and what runs, so it makes no difference whether the engine was restarted in between.
//
// Lives from the first sight of the Cluster object until the object is gone or the engine stops. Runs on the loop's thread.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/client/status_writer.h"
#include "engine/cluster/engine/cluster_client.h"
#include "engine/cluster/engine/cluster_metrics.h"
#include "engine/cluster/engine/machine.h"
#include "engine/cluster/engine/steps.h"
#include "engine/cluster/pki.h"

namespace kates::cluster {

constexpr const char* kClusterFinalizer = "engine.kates.dev/processes";

class ClusterRunner {
public:
    ClusterRunner(EngineContext& context, api::Value cluster);
    ~ClusterRunner();

    void update(api::Value cluster);
    void abandon(); // the engine stops; processes go on
    Task<void> run();

    // Where the API server of this cluster is, with the engine's own credentials. nullopt: no master serves.
    std::optional<http::Endpoint> endpoint() const;
    // The processes that run now.
    std::vector<ClusterMetrics::Watched> processes() const;

private:
    // cluster_runner.cpp
    void wake() { m_wake.notify(); }
    bool deleting() const;
    Task<void> pass();
    Task<void> converge();
    void publish();
    std::string phase() const;
    Task<void> ensureFinalizer();

    // cluster_steps.cpp
    Task<bool> checkHost();
    bool issueCertificates();
    bool choosePort();
    Task<bool> startMaster();
    Task<void> startNodes();
    void followNodes();
    void countNodes();
    MachineConfig configOf(const std::string& role, int index) const;
    Machine& machine(const std::string& name, const MachineConfig& config);

    // cluster_stop.cpp
    Task<void> stopAll();
    Task<void> stopMachine(std::string name);
    Task<void> removeNodeObject(std::string name);
    Task<void> destroy();
    Result<void> removeFiles();

    EngineContext& m_context;
    api::Value m_cluster;
    std::string m_name;
    Steps m_steps;
    std::map<std::string, std::unique_ptr<Machine>> m_machines; // "master-0", "node-1", "simulated"
    std::unique_ptr<Pki> m_pki;
    std::shared_ptr<http::TlsContext> m_adminTls;
    std::unique_ptr<ClusterClient> m_client;
    std::vector<launcher::PreflightCheck> m_preflight;
    int m_port = 0;
    int m_nodesReady = 0, m_simulatedReady = 0, m_mastersReady = 0;
    bool m_wasRunning = false, m_stopped = false, m_failed = false, m_abandoned = false, m_gone = false;
    std::string m_failure;
    Signal m_wake;
    client::StatusWriter m_status;
    TaskGroup m_tasks;
};

} // namespace kates::cluster
