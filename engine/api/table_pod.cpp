#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "engine/api/meta.h"
#include "engine/api/table_cells.h"
#include "engine/base/time.h"

namespace kates::api::table {

namespace {

struct PodSummary {
    std::string reason;
    std::int64_t restarts = 0;
    std::int64_t ready = 0;
    std::int64_t total = 0;
    std::optional<WallTime> lastRestart;
};

struct Restarts {
    std::int64_t count = 0;
    std::optional<WallTime> last;

    void add(const Value& status)
    {
        count += status.get("restartCount").asInt();
        const auto finished = parseTime(status.str("lastState", "terminated", "finishedAt"));
        if (finished && (!last || *last < *finished))
            last = finished;
    }
};

const Value& named(const Value& list, std::string_view name)
{
    static const Value none;
    const auto found = std::find_if(list.begin(), list.end(), [&](const Value& item) { return item.str("name") == name; });
    return found == list.end() ? none : *found;
}

// A sidecar: an init container that keeps running.
bool isSidecar(const Value& initContainer)
{
    return initContainer.str("restartPolicy") == "Always";
}

std::string endReason(const Value& terminated)
{
    if (!terminated.str("reason").empty())
        return std::string(terminated.str("reason"));
    const std::int64_t signal = terminated.get("signal").asInt();
    return signal != 0 ? fmt::format("Signal:{}", signal) : fmt::format("ExitCode:{}", terminated.get("exitCode").asInt());
}

class PodSummarizer {
public:
    explicit PodSummarizer(const Value& pod)
        : m_spec(pod.get("spec"))
        , m_status(pod.get("status"))
        , m_pod(pod)
    {
    }

    PodSummary run()
    {
        const std::string_view statusReason = m_status.str("reason");
        m_summary.reason = statusReason.empty() ? m_status.str("phase") : statusReason;
        m_summary.total = static_cast<std::int64_t>(m_spec.get("containers").size());
        if (condition(m_pod, "PodScheduled").str("reason") == "SchedulingGated")
            m_summary.reason = "SchedulingGated";
        const bool initializing = readInitContainers();
        if (!initializing || conditionIsTrue(m_pod, "Initialized"))
            readContainers();
        const std::string_view phase = m_status.str("phase");
        if (ObjectMeta(m_pod).beingDeleted()) {
            if (statusReason == "NodeLost")
                m_summary.reason = "Unknown";
            else if (phase != "Failed" && phase != "Succeeded")
                m_summary.reason = "Terminating";
        }
        return std::move(m_summary);
    }

private:
    // Whether an init container still stands before the others.
    bool readInitContainers()
    {
        const Value& initContainers = m_spec.get("initContainers");
        for (const Value& container : initContainers)
            m_summary.total += isSidecar(container) ? 1 : 0;
        Restarts all;
        bool initializing = false;
        std::size_t position = 0;
        for (const Value& status : m_status.get("initContainerStatuses")) {
            const bool sidecar = isSidecar(named(initContainers, status.str("name")));
            all.add(status);
            if (sidecar)
                m_sidecarRestarts.add(status);
            const Value& terminated = status.get("state", "terminated");
            const bool done = !terminated.isNull() && terminated.get("exitCode").asInt() == 0;
            if (!done && sidecar && status.get("started").asBool()) {
                m_summary.ready += status.get("ready").asBool() ? 1 : 0;
            } else if (!done) {
                m_summary.reason = "Init:" + initReason(status, position, initContainers.size());
                initializing = true;
                break;
            }
            ++position;
        }
        m_summary.restarts = all.count;
        m_summary.lastRestart = all.last;
        return initializing;
    }

    static std::string initReason(const Value& status, std::size_t position, std::size_t count)
    {
        if (!status.get("state", "terminated").isNull())
            return endReason(status.get("state", "terminated"));
        const std::string_view waiting = status.str("state", "waiting", "reason");
        return waiting.empty() || waiting == "PodInitializing" ? fmt::format("{}/{}", position, count) : std::string(waiting);
    }

    void readContainers()
    {
        Restarts restarts = m_sidecarRestarts;
        bool hasRunning = false;
        const Value& statuses = m_status.get("containerStatuses");
        for (std::size_t i = statuses.size(); i-- > 0;) { // the first container has the last word
            const Value& status = statuses.at(i);
            restarts.add(status);
            const Value& state = status.get("state");
            if (!state.str("waiting", "reason").empty()) {
                m_summary.reason = state.str("waiting", "reason");
            } else if (!state.get("terminated").isNull()) {
                m_summary.reason = endReason(state.get("terminated"));
            } else if (status.get("ready").asBool() && !state.get("running").isNull()) {
                hasRunning = true;
                ++m_summary.ready;
            }
        }
        m_summary.restarts = restarts.count;
        m_summary.lastRestart = restarts.last;
        if (m_summary.reason == "Completed" && hasRunning)
            m_summary.reason = conditionIsTrue(m_pod, "Ready") ? "Running" : "NotReady";
    }

    const Value& m_spec;
    const Value& m_status;
    const Value& m_pod;
    Restarts m_sidecarRestarts;
    PodSummary m_summary;
};

PodSummary summarize(const Row& row)
{
    return PodSummarizer(row.object).run();
}

Value podReady(const Row& row)
{
    const PodSummary pod = summarize(row);
    return fmt::format("{}/{}", pod.ready, pod.total);
}

Value podStatus(const Row& row)
{
    return summarize(row).reason;
}

Value podRestarts(const Row& row)
{
    const PodSummary pod = summarize(row);
    if (pod.restarts == 0 || !pod.lastRestart)
        return std::to_string(pod.restarts);
    return fmt::format("{} ({} ago)", pod.restarts, since(formatTime(*pod.lastRestart), row.now));
}

Value podReadinessGates(const Row& row)
{
    const Value& gates = row.object.get("spec", "readinessGates");
    if (gates.size() == 0)
        return "<none>";
    const auto passed = std::count_if(gates.begin(), gates.end(),
        [&](const Value& gate) { return conditionIsTrue(row.object, gate.str("conditionType")); });
    return fmt::format("{}/{}", passed, gates.size());
}

constexpr Cell kCells[] {
    {"podReady", podReady},
    {"podStatus", podStatus},
    {"podRestarts", podRestarts},
    {"podReadinessGates", podReadinessGates},
};

} // namespace

std::span<const Cell> podCells()
{
    return kCells;
}

} // namespace kates::api::table
