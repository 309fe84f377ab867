// One process of a cluster as the engine sees it, and its Machine object in the engine's API.
#pragma once

#include <memory>
#include <string>

#include "engine/client/status_writer.h"
#include "engine/cluster/engine/engine_context.h"
#include "engine/cluster/machine_config.h"

namespace kates::cluster {

// Restarts of a process that ends by itself: at once the first time, then after a delay that doubles.
constexpr auto kRestartDelay = std::chrono::milliseconds(500);
constexpr auto kRestartDelayMax = std::chrono::seconds(30);
// A process that lived this long has recovered.
constexpr auto kStableAfter = std::chrono::minutes(1);
constexpr auto kStopGrace = std::chrono::seconds(15);

class Machine {
public:
    // `changed` is called when something of this machine has changed.
    Machine(EngineContext& context, MachineConfig config, std::function<void()> changed);
    ~Machine();

    // Level-based: makes sure that the process runs (or is waiting for its back-off). Writes config.json before a start.
    void ensureRunning(const MachineConfig& config);
    // Asks it to stop and waits: SIGUSR1 (leave: containers stop too) or SIGTERM; SIGKILL after kStopGrace.
    Task<void> stop(bool leave);
    // Takes over a process of an earlier engine, if one runs.
    void adopt();
    // Removes the Machine object and ends the reporting.
    Task<void> forget();
    // Ends the reporting; the process goes on.
    Task<void> abandon();

    const MachineConfig& config() const { return m_config; }
    bool running() const { return m_process != nullptr; }
    int pid() const { return m_process ? m_process->pid() : 0; }
    bool adopted() const { return m_process && m_process->adopted(); }
    bool serving() const { return m_serving; } // it has said so (or was found serving)
    void setServing() { m_serving = true; }
    int restarts() const { return m_restarts; }
    // How the last start ended, when it ended before serving: one sentence from its log.
    const std::string& problem() const { return m_problem; }

private:
    launcher::MachineProcessSpec spec() const;
    void start();
    void watch();
    // Detached: the futures of a process that outlives this object never complete. They look at `alive` before they touch it.
    static Task<void> awaitExit(std::weak_ptr<Machine*> alive, int generation, Future<ExitStatus> exited);
    static Task<void> awaitReady(std::weak_ptr<Machine*> alive, int generation, Future<std::string> ready);
    void ended(int generation, ExitStatus status);
    void report(const char* phase);
    Task<void> createObject();
    std::string lastLogLine() const;

    EngineContext& m_context;
    MachineConfig m_config;
    std::function<void()> m_changed;
    std::unique_ptr<launcher::MachineProcess> m_process;
    int m_generation = 0; // of the process
    int m_restarts = 0;
    bool m_serving = false, m_stopping = false, m_abandoned = false;
    std::string m_problem, m_startedAt;
    MonotonicTime m_started;
    Duration m_delay = Duration::zero();
    Registration m_restart;
    api::Value m_object;
    std::string m_phase = "Pending";
    client::StatusWriter m_status;
    TaskGroup m_tasks;
    std::shared_ptr<Machine*> m_alive = std::make_shared<Machine*>(this);
};

} // namespace kates::cluster
