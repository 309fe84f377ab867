#include "engine/kubelet/probes/container_probes.h"

namespace kates::kubelet {

using Outcome = ProbeOutcome::Result;

struct ContainerProbes::State {
    Loop& loop;
    runtime::ContainerRuntime& runtime;
    ProbeTarget target;
    Callbacks callbacks;
    std::stop_source stop;
    Event startupDone;
    bool started = false, ready = false, failed = false;
    std::string failure;

    void changed()
    {
        if (!stop.stop_requested())
            callbacks.changed();
    }
    // Runs one probe until it is told to stop; the verdict changes after so many equal results in a row.
    static Task<void> follow(std::shared_ptr<State> state, std::string kind, api::Value probe);
    void verdict(const std::string& kind, bool success);
    static Task<void> followAfterStartup(std::shared_ptr<State> state, std::string kind, api::Value probe);
};

void ContainerProbes::State::verdict(const std::string& kind, bool success)
{
    if (kind == "Readiness") {
        if (ready == success)
            return;
        ready = success;
    } else if (!success) {
        failed = true;
        failure = "Container " + std::string(target.container.str("name")) + " failed " + (kind == "Startup" ? "startup" : "liveness") + " probe, will be restarted";
    } else if (kind == "Startup") {
        started = true;
        startupDone.set({});
    } else {
        return;
    }
    changed();
}

Task<void> ContainerProbes::State::follow(std::shared_ptr<State> state, std::string kind, api::Value probe)
{
    const auto seconds = [&](const char* key, std::int64_t fallback) { return std::chrono::seconds(std::max<std::int64_t>(probe.get(key).asInt(fallback), 0)); };
    const Duration period = std::max<Duration>(seconds("periodSeconds", 10), std::chrono::seconds(1));
    const Duration timeout = std::max<Duration>(seconds("timeoutSeconds", 1), std::chrono::seconds(1));
    const std::int64_t needed[2] = {probe.get("failureThreshold").asInt(3), probe.get("successThreshold").asInt(1)};
    std::stop_token stop = state->stop.get_token();
    co_await sleepFor(state->loop, seconds("initialDelaySeconds", 0), stop);

    std::int64_t row = 0;
    bool last = false;
    while (!stop.stop_requested()) {
        ProbeOutcome outcome = co_await runHandler(state->loop, state->runtime, state->target, probe, timeout);
        if (stop.stop_requested())
            break;
        if (outcome.result != Outcome::Unknown) {
            const bool success = outcome.result == Outcome::Success;
            row = success == last ? row + 1 : 1;
            last = success;
            if (!success)
                state->callbacks.report(kind, outcome.message);
            if (row >= needed[success])
                state->verdict(kind, success);
        }
        if (state->failed || (kind == "Startup" && state->started))
            break;
        co_await sleepFor(state->loop, period, stop);
    }
}

Task<void> ContainerProbes::State::followAfterStartup(std::shared_ptr<State> state, std::string kind, api::Value probe)
{
    Event startup = state->startupDone;
    co_await startup;
    if (!state->stop.stop_requested())
        co_await follow(state, kind, probe);
}

ContainerProbes::ContainerProbes(Loop& loop, runtime::ContainerRuntime& runtime, ProbeTarget target, Callbacks callbacks)
    : m_state(std::make_shared<State>(State{loop, runtime, std::move(target), std::move(callbacks)}))
{
    const api::Value& container = m_state->target.container;
    m_state->ready = !container.has("readinessProbe");
    if (container.has("startupProbe")) {
        spawn(State::follow(m_state, "Startup", container.get("startupProbe")));
    } else {
        m_state->started = true;
        m_state->startupDone.set({});
    }
    if (container.has("livenessProbe"))
        spawn(State::followAfterStartup(m_state, "Liveness", container.get("livenessProbe")));
    if (container.has("readinessProbe"))
        spawn(State::followAfterStartup(m_state, "Readiness", container.get("readinessProbe")));
}

ContainerProbes::~ContainerProbes()
{
    m_state->stop.request_stop();
    m_state->startupDone.set({}); // lets those that wait for it end
}

bool ContainerProbes::started() const
{
    return m_state->started;
}

bool ContainerProbes::ready() const
{
    return m_state->started && m_state->ready;
}

bool ContainerProbes::failed() const
{
    return m_state->failed;
}

const std::string& ContainerProbes::failure() const
{
    return m_state->failure;
}

} // namespace kates::kubelet
