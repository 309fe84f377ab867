#include "engine/cluster/engine/machine.h"

#include <csignal>

#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/base/time.h"
#include "engine/kubelet/server/log_reader.h"

namespace kates::cluster {

namespace {
constexpr std::size_t kProblemTailBytes = 4096;
}

Machine::Machine(EngineContext& context, MachineConfig config, std::function<void()> changed)
    : m_context(context), m_config(std::move(config)), m_changed(std::move(changed)), m_status(context.loop, context.client, resources::machines, "kates-engine"),
      m_tasks(context.loop)
{
    m_tasks.spawn(createObject());
}

Machine::~Machine() = default;

launcher::MachineProcessSpec Machine::spec() const
{
    launcher::MachineProcessSpec spec;
    spec.name = m_config.cluster + "-" + m_config.machine;
    spec.directory = m_config.directory;
    spec.logFile = m_context.paths.log(m_config.cluster, m_config.machine);
    spec.arguments = {m_config.role == "Master" ? "master" : "node", "--config", (m_config.directory / "config.json").string()};
    return spec;
}

void Machine::adopt()
{
    if (m_process)
        return;
    m_process = m_context.launcher.adopt(spec());
    if (m_process)
        watch();
}

void Machine::ensureRunning(const MachineConfig& config)
{
    m_config = config;
    if (m_process || m_restart || m_stopping)
        return;
    adopt();
    if (!m_process)
        start();
}

void Machine::start()
{
    m_serving = false;
    Result<void> written = makeDirectories(m_config.directory);
    if (written)
        written = m_config.write(m_config.directory / "config.json");
    auto started = written ? m_context.launcher.startOrAdopt(spec()) : tl::unexpected(written.error());
    if (!started) {
        m_problem = started.error().message;
        m_delay = std::min<Duration>(std::max<Duration>(m_delay * 2, kRestartDelay), kRestartDelayMax);
        m_restart = m_context.loop.after(m_delay, [this] {
            m_restart.reset();
            m_changed();
        });
        report("Failed");
        m_changed();
        return;
    }
    m_process = std::move(*started);
    watch();
}

void Machine::watch()
{
    ++m_generation;
    m_started = m_context.loop.now();
    m_startedAt = formatTime(m_context.loop.wallTime());
    spawn(awaitExit(m_alive, m_generation, m_process->exited()));
    if (!m_process->adopted())
        spawn(awaitReady(m_alive, m_generation, m_process->ready()));
    report("Running");
}

Task<void> Machine::awaitReady(std::weak_ptr<Machine*> alive, int generation, Future<std::string> ready)
{
    const std::string line = co_await ready;
    auto self = alive.lock();
    if (!self || (*self)->m_generation != generation || line.empty())
        co_return;
    (*self)->m_serving = true;
    (*self)->m_problem.clear();
    (*self)->m_changed();
}

Task<void> Machine::awaitExit(std::weak_ptr<Machine*> alive, int generation, Future<ExitStatus> exited)
{
    const ExitStatus status = co_await exited;
    if (auto self = alive.lock())
        (*self)->ended(generation, status);
}

void Machine::ended(int generation, ExitStatus status)
{
    if (generation != m_generation)
        return;
    const bool wasServing = m_serving;
    m_process.reset();
    m_serving = false;
    if (m_stopping) {
        m_changed();
        return;
    }
    ++m_restarts;
    const std::string line = lastLogLine();
    m_problem = status.signal ? m_config.machine + " was ended by signal " + std::to_string(status.signal) : line.empty() ? m_config.machine + " ended with status " + std::to_string(status.code) : line;
    log::warning("engine", "a machine ended by itself", "cluster", m_config.cluster, "machine", m_config.machine, "code", status.code, "problem", m_problem);
    // At once after a long life, else after a delay that doubles.
    const bool stable = m_context.loop.now() - m_started > kStableAfter;
    if (stable || m_restarts == 1)
        m_delay = Duration::zero();
    else
        m_delay = std::min<Duration>(std::max<Duration>(m_delay * 2, kRestartDelay), kRestartDelayMax);
    m_restart = m_context.loop.after(m_delay, [this] {
        m_restart.reset();
        m_changed();
    });
    report(wasServing ? "Starting" : "Failed");
    m_changed();
}

std::string Machine::lastLogLine() const
{
    std::string text = kubelet::readTail(m_context.paths.log(m_config.cluster, m_config.machine).string(), kProblemTailBytes);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    std::string line = text.substr(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
    // "2026-11-24T19:42:22.123 E master: the port …": without time and level.
    const auto level = line.find(" E ");
    return level == std::string::npos ? line : line.substr(level + 3);
}

Task<void> Machine::stop(bool leave)
{
    m_stopping = true;
    m_restart.reset();
    if (!m_process)
        co_return;
    report("Stopping");
    Future<ExitStatus> exited = m_process->exited();
    m_process->signal(leave && m_config.role != "Master" ? SIGUSR1 : SIGTERM);
    const int generation = m_generation;
    Registration hard = m_context.loop.after(kStopGrace, [this, generation] {
        if (m_process && generation == m_generation)
            m_process->signal(SIGKILL);
    });
    co_await exited;
    m_process.reset();
    m_serving = false;
    report("Stopped");
    m_stopping = false;
}

Task<void> Machine::createObject()
{
    api::Value object = api::Value::object({{"apiVersion", "engine.kates.dev/v1alpha1"}, {"kind", "Machine"},
        {"metadata", api::Value::object({{"name", m_config.cluster + "-" + m_config.machine}, {"labels", api::Value::object({{"engine.kates.dev/cluster", m_config.cluster}})}})},
        {"spec", api::Value::object({{"clusterName", m_config.cluster}, {"role", m_config.role}, {"index", m_config.index}, {"running", true}})}});
    if (m_config.simulatedNodes > 0)
        object.edit("spec").set("simulatedCount", m_config.simulatedNodes);
    const std::string name = m_config.cluster + "-" + m_config.machine;
    auto created = co_await m_context.client->create(resources::machines, {}, object);
    if (!created && created.error().isAlreadyExists())
        created = co_await m_context.client->get(resources::machines, {}, name);
    if (!created) {
        log::warning("engine", "machine not recorded", "machine", name, "error", created.error().message);
        co_return;
    }
    m_object = *created;
    report(m_phase.c_str());
}

void Machine::report(const char* phase)
{
    m_phase = phase;
    if (m_object.isNull() || m_abandoned)
        return;
    api::Value status = api::Value::object({{"phase", m_phase}, {"restarts", m_restarts}, {"logPath", m_context.paths.log(m_config.cluster, m_config.machine).string()}});
    if (m_process) {
        status.set("pid", m_process->pid());
        status.set("startedAt", m_startedAt);
    }
    if (!m_problem.empty())
        status.set("message", m_problem);
    m_status.set(m_object, status);
}

Task<void> Machine::forget()
{
    co_await abandon();
    const std::string name = m_config.cluster + "-" + m_config.machine;
    auto removed = co_await m_context.client->remove(resources::machines, {}, name);
    if (!removed && !removed.error().isNotFound())
        log::warning("engine", "machine not removed", "machine", name, "error", removed.error().message);
}

Task<void> Machine::abandon()
{
    m_abandoned = true;
    m_restart.reset();
    m_generation = -1;
    co_await m_tasks.finished();
    co_await m_status.abandon();
}

} // namespace kates::cluster
