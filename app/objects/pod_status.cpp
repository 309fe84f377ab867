#include "app/objects/object_state.h"

#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

namespace {

using api::Value;

bool isSidecar(const Value& pod, std::string_view name)
{
    for (const Value& container : pod.get("spec", "initContainers")) {
        if (container.str("name") == name)
            return container.str("restartPolicy") == "Always";
    }
    return false;
}

QString exitText(const Value& terminated)
{
    if (const std::string_view reason = terminated.str("reason"); !reason.empty())
        return displayText(reason, 80);
    if (const auto signal = terminated.get("signal").asInt())
        return QStringLiteral("Signal:%1").arg(signal);
    return QStringLiteral("ExitCode:%1").arg(terminated.get("exitCode").asInt());
}

// "Init:1/3", "Init:CrashLoopBackOff" … or nothing when all init containers are through.
QString initText(const Value& pod, int& restarts)
{
    int index = -1;
    const auto count = pod.get("spec", "initContainers").size();
    for (const Value& status : pod.get("status", "initContainerStatuses")) {
        ++index;
        restarts += int(status.get("restartCount").asInt());
        const Value& terminated = status.get("state", "terminated");
        if (terminated.isObject() && terminated.get("exitCode").asInt() == 0)
            continue;
        if (isSidecar(pod, status.str("name")) && status.get("started").asBool())
            continue;
        if (terminated.isObject())
            return QStringLiteral("Init:") + exitText(terminated);
        const std::string_view waiting = status.str("state", "waiting", "reason");
        if (!waiting.empty() && waiting != "PodInitializing")
            return QStringLiteral("Init:") + displayText(waiting, 80);
        return QStringLiteral("Init:%1/%2").arg(index).arg(count);
    }
    return {};
}

QString containersText(const Value& pod, PodSummary& summary, QString text)
{
    bool running = false;
    const Value& statuses = pod.get("status", "containerStatuses");
    for (std::size_t i = statuses.size(); i-- > 0;) {
        const Value& status = statuses.at(i);
        summary.restarts += int(status.get("restartCount").asInt());
        summary.ready += status.get("ready").asBool() ? 1 : 0;
        const std::string_view waiting = status.str("state", "waiting", "reason");
        if (!waiting.empty())
            text = displayText(waiting, 80);
        else if (status.get("state", "terminated").isObject())
            text = exitText(status.get("state", "terminated"));
        else if (status.get("ready").asBool() && status.get("state", "running").isObject())
            running = true;
    }
    if (text == QLatin1String("Completed") && running)
        text = api::conditionIsTrue(pod, "Ready") ? QStringLiteral("Running") : QStringLiteral("NotReady");
    return text;
}

State stateOf(const Value& pod, const PodSummary& summary)
{
    static const QStringList waiting { QStringLiteral("ContainerCreating"), QStringLiteral("PodInitializing"), QStringLiteral("Pending") };
    const QString& text = summary.status.text;
    const std::string_view phase = pod.str("status", "phase");
    if (text == QLatin1String("Terminating"))
        return ObjectState::Terminating;
    if (phase == "Succeeded" || text == QLatin1String("Completed"))
        return ObjectState::Done;
    if (phase == "Failed")
        return ObjectState::Failing;
    if (summary.unscheduled)
        return ObjectState::Waiting;
    if (text == QLatin1String("Running"))
        return summary.containers > 0 && summary.ready == summary.containers ? ObjectState::Ok : ObjectState::Progressing;
    const bool counting = text.startsWith(QLatin1String("Init:")) && text.size() > 5 && text.at(5).isDigit();
    if (waiting.contains(text) || counting || text == QLatin1String("NotReady"))
        return ObjectState::Progressing;
    if (text == QLatin1String("SchedulingGated"))
        return ObjectState::Waiting;
    return text.isEmpty() || text == QLatin1String("Unknown") ? ObjectState::Unknown : ObjectState::Failing;
}

// The container's own message, or the scheduler's.
QString reasonOf(const Value& pod)
{
    for (const char* list : { "initContainerStatuses", "containerStatuses" }) {
        for (const Value& status : pod.get("status", list)) {
            if (const std::string_view message = status.str("state", "waiting", "message"); !message.empty())
                return displayText(message, 500);
            if (const std::string_view message = status.str("state", "terminated", "message"); !message.empty())
                return displayText(message, 500);
        }
    }
    const Value& scheduled = api::condition(pod, "PodScheduled");
    if (scheduled.str("status") == "False")
        return displayText(scheduled.str("message"), 500);
    return displayText(pod.str("status", "message"), 500);
}

} // namespace

PodSummary podSummary(const Value& pod)
{
    PodSummary summary;
    summary.containers = int(pod.get("spec", "containers").size());
    const std::string_view phase = pod.str("status", "phase");
    const std::string_view reason = pod.str("status", "reason");
    summary.unscheduled = pod.str("spec", "nodeName").empty() && phase != "Succeeded" && phase != "Failed";
    QString text = displayText(reason.empty() ? phase : reason, 80);
    if (api::condition(pod, "PodScheduled").str("reason") == "SchedulingGated")
        text = QStringLiteral("SchedulingGated");
    const QString init = initText(pod, summary.restarts);
    if (init.isEmpty() || api::conditionIsTrue(pod, "Initialized"))
        text = containersText(pod, summary, text);
    else
        text = init;
    if (api::ObjectMeta(pod).beingDeleted())
        text = reason == "NodeLost" ? QStringLiteral("Unknown") : QStringLiteral("Terminating");
    summary.status.text = text;
    summary.status.state = stateOf(pod, summary);
    summary.status.reason = reasonOf(pod);
    return summary;
}

} // namespace kates::app
