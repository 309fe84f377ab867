#include "engine/kubelet/pod_status.h"

#include "engine/api/meta.h"
#include "engine/api/quantity.h"
#include "engine/base/time.h"

namespace kates::kubelet {

using runtime::ContainerState;

namespace {

api::Value terminatedState(const runtime::ContainerStatus& status)
{
    api::Value terminated = api::Value::object({{"exitCode", static_cast<std::int64_t>(status.exitCode)}});
    const std::string reason = !status.reason.empty() ? status.reason : status.exitCode == 0 ? "Completed" : "Error";
    terminated.set("reason", reason);
    if (!status.message.empty())
        terminated.set("message", status.message);
    terminated.set("startedAt", formatTime(status.startedAt));
    terminated.set("finishedAt", formatTime(status.finishedAt));
    terminated.set("containerID", "kates://" + status.id);
    return api::Value::object({{"terminated", terminated}});
}

api::Value waitingState(const std::string& reason, const std::string& message)
{
    api::Value waiting = api::Value::object({{"reason", reason}});
    if (!message.empty())
        waiting.set("message", message);
    return api::Value::object({{"waiting", waiting}});
}

bool runs(const ContainerView& view)
{
    return view.current && view.current->state == ContainerState::Running;
}

bool exited(const ContainerView& view)
{
    return view.current && view.current->state == ContainerState::Exited;
}

api::Value stateOf(const ContainerView& view, bool podTerminated)
{
    if (runs(view))
        return api::Value::object({{"running", api::Value::object({{"startedAt", formatTime(view.current->startedAt)}})}});
    if (!view.waitingReason.empty() && !podTerminated)
        return waitingState(view.waitingReason, view.waitingMessage);
    if (exited(view))
        return terminatedState(*view.current);
    return waitingState("ContainerCreating", {});
}

api::Value containerStatus(const api::Value& container, const ContainerView& view, bool podTerminated)
{
    api::Value status = api::Value::object({{"name", container.get("name")}, {"state", stateOf(view, podTerminated)}});
    const bool waits = status.get("state").has("waiting");
    if (waits && exited(view))
        status.set("lastState", terminatedState(*view.current));
    else if (view.previous)
        status.set("lastState", terminatedState(*view.previous));
    else
        status.set("lastState", api::Value::object());
    status.set("ready", view.ready);
    status.set("restartCount", static_cast<std::int64_t>(view.restarts));
    status.set("image", container.get("image"));
    status.set("imageID", view.current ? view.current->imageDigest : std::string());
    if (view.current)
        status.set("containerID", "kates://" + view.current->id);
    status.set("started", view.started && runs(view));
    return status;
}

const ContainerView& viewOf(const PodView& view, std::string_view name)
{
    static const ContainerView none;
    auto found = view.containers.find(std::string(name));
    return found == view.containers.end() ? none : found->second;
}

bool initDone(const api::Value& container, const ContainerView& view)
{
    if (isSidecar(container))
        return view.started;
    return exited(view) && view.current->exitCode == 0;
}

// Names of init containers that are not done, and of containers that are not ready.
std::vector<std::string> unfinishedInit(const api::Value& pod, const PodView& view)
{
    std::vector<std::string> names;
    for (const api::Value& container : pod.get("spec", "initContainers"))
        if (!initDone(container, viewOf(view, container.str("name"))))
            names.emplace_back(container.str("name"));
    return names;
}

std::string phaseOf(const api::Value& pod, const PodView& view)
{
    if (!view.phase.empty())
        return view.phase;
    const std::string_view policy = view.terminated ? std::string_view("Never") : pod.get("spec").str("restartPolicy");
    for (const api::Value& container : pod.get("spec", "initContainers")) {
        const ContainerView& init = viewOf(view, container.str("name"));
        if (initDone(container, init))
            continue;
        const bool failedForGood = exited(init) && init.current->exitCode != 0 && policy == "Never" && !isSidecar(container);
        return failedForGood || view.terminated ? "Failed" : "Pending";
    }
    int waiting = 0, running = 0, stopped = 0, succeeded = 0;
    for (const api::Value& container : pod.get("spec", "containers")) {
        const ContainerView& one = viewOf(view, container.str("name"));
        if (runs(one)) {
            ++running;
        } else if (exited(one)) {
            ++stopped;
            succeeded += one.current->exitCode == 0;
        } else {
            ++waiting;
        }
    }
    if (view.terminated)
        return waiting == 0 && stopped == succeeded ? "Succeeded" : "Failed";
    if (waiting > 0)
        return "Pending";
    if (running > 0 || policy == "Always")
        return "Running";
    if (stopped == succeeded)
        return "Succeeded";
    return policy == "Never" ? "Failed" : "Running";
}

std::string joined(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : " ") + name;
    return "[" + text + "]";
}

bool gatesHold(const api::Value& pod)
{
    for (const api::Value& gate : pod.get("spec", "readinessGates"))
        if (!api::conditionIsTrue(pod, gate.str("conditionType")))
            return false;
    return true;
}

void setConditions(const api::Value& pod, const PodView& view, const std::string& phase, api::Value& status, const std::string& now)
{
    // setCondition() works on an object with a status.
    api::Value holder = api::Value::object({{"status", api::Value::object({{"conditions", pod.get("status", "conditions")}})}});
    if (!holder.get("status", "conditions").isArray())
        holder.edit("status").set("conditions", api::Value::array());
    const bool over = phase == "Succeeded" || phase == "Failed";
    const auto waitingInit = unfinishedInit(pod, view);
    std::vector<std::string> notReady;
    for (const api::Value& container : pod.get("spec", "containers"))
        if (!viewOf(view, container.str("name")).ready)
            notReady.emplace_back(container.str("name"));

    api::setCondition(holder, "PodReadyToStartContainers", view.sandboxReady, "", "", now);
    if (waitingInit.empty() || phase == "Succeeded")
        api::setCondition(holder, "Initialized", true, phase == "Succeeded" ? "PodCompleted" : "", "", now);
    else
        api::setCondition(holder, "Initialized", false, "ContainersNotInitialized", "containers with incomplete status: " + joined(waitingInit), now);
    if (over) {
        const char* reason = phase == "Succeeded" ? "PodCompleted" : "PodFailed";
        api::setCondition(holder, "Ready", false, reason, "", now);
        api::setCondition(holder, "ContainersReady", false, reason, "", now);
    } else if (!notReady.empty()) {
        const std::string message = "containers with unready status: " + joined(notReady);
        api::setCondition(holder, "Ready", false, "ContainersNotReady", message, now);
        api::setCondition(holder, "ContainersReady", false, "ContainersNotReady", message, now);
    } else {
        api::setCondition(holder, "ContainersReady", true, "", "", now);
        if (gatesHold(pod))
            api::setCondition(holder, "Ready", true, "", "", now);
        else
            api::setCondition(holder, "Ready", false, "ReadinessGatesNotReady", "a readiness gate of the pod is not \"True\"", now);
    }
    api::setCondition(holder, "PodScheduled", true, "", "", now);
    status.set("conditions", holder.get("status", "conditions"));
}

api::Value statusesOf(const api::Value& containers, const PodView& view)
{
    api::Value list = api::Value::array();
    for (const api::Value& container : containers)
        list.push(containerStatus(container, viewOf(view, container.str("name")), view.terminated));
    return list;
}

} // namespace

bool isSidecar(const api::Value& initContainer)
{
    return initContainer.str("restartPolicy") == "Always";
}

std::string qosClass(const api::Value& pod)
{
    bool any = false, guaranteed = true;
    for (std::string_view list : {"containers", "initContainers"}) {
        for (const api::Value& container : pod.get("spec", list)) {
            const api::Value& resources = container.get("resources");
            for (std::string_view resource : {"cpu", "memory"}) {
                const auto request = api::Quantity::fromValue(resources.get("requests", resource));
                const auto limit = api::Quantity::fromValue(resources.get("limits", resource));
                any = any || !request.isZero() || !limit.isZero();
                guaranteed = guaranteed && !limit.isZero() && (request.isZero() || request == limit);
            }
        }
    }
    return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
}

api::Value makePodStatus(const api::Value& pod, const PodView& view, const std::string& now)
{
    const std::string phase = phaseOf(pod, view);
    api::Value status = api::Value::object({{"phase", phase}});
    if (const std::int64_t generation = api::ObjectMeta(pod).generation())
        status.set("observedGeneration", generation);
    setConditions(pod, view, phase, status, now);
    if (!view.message.empty())
        status.set("message", view.message);
    if (!view.reason.empty())
        status.set("reason", view.reason);
    if (!view.hostIp.empty()) {
        status.set("hostIP", view.hostIp);
        status.set("hostIPs", api::Value::array({api::Value::object({{"ip", view.hostIp}})}));
    }
    if (!view.podIps.empty()) {
        status.set("podIP", view.podIps.front());
        api::Value all = api::Value::array();
        for (const std::string& address : view.podIps)
            all.push(api::Value::object({{"ip", address}}));
        status.set("podIPs", all);
    }
    status.set("startTime", view.startTime);
    if (pod.get("spec", "initContainers").size() > 0)
        status.set("initContainerStatuses", statusesOf(pod.get("spec", "initContainers"), view));
    status.set("containerStatuses", statusesOf(pod.get("spec", "containers"), view));
    if (pod.get("spec", "ephemeralContainers").size() > 0)
        status.set("ephemeralContainerStatuses", statusesOf(pod.get("spec", "ephemeralContainers"), view));
    status.set("qosClass", qosClass(pod));
    return status;
}

} // namespace kates::kubelet
