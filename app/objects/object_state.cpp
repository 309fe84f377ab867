#include "app/objects/object_state.h"

#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

namespace {

using api::Value;

StateAndText said(State state, QString text, std::string_view reason = {}) { return { state, std::move(text), displayText(reason, 500) }; }

bool isWorkload(std::string_view kind)
{
    return kind == "Deployment" || kind == "ReplicaSet" || kind == "StatefulSet" || kind == "DaemonSet" || kind == "ReplicationController";
}

StateAndText workloadStatus(const Value& object, bool daemon)
{
    const Value& status = object.get("status");
    const std::int64_t desired = daemon ? status.get("desiredNumberScheduled").asInt() : object.get("spec", "replicas").asInt(1);
    const std::int64_t ready = status.get(daemon ? "numberReady" : "readyReplicas").asInt();
    const std::int64_t observed = status.get("observedGeneration").asInt();
    const QString count = QStringLiteral("%1/%2").arg(ready).arg(desired);
    const Value& progressing = api::condition(object, "Progressing");
    if (progressing.str("status") == "False")
        return said(ObjectState::Failing, count, progressing.str("message"));
    const Value& failure = api::condition(object, "ReplicaFailure");
    if (failure.str("status") == "True")
        return said(ObjectState::Failing, count, failure.str("message"));
    if (observed < object.get("metadata", "generation").asInt() || ready != desired)
        return said(ObjectState::Progressing, count);
    const Value& updated = status.get("updatedReplicas");
    if (object.str("kind") == "Deployment" && updated.asInt() < desired)
        return said(ObjectState::Progressing, count);
    return said(desired == 0 ? ObjectState::Neutral : ObjectState::Ok, count);
}

StateAndText jobStatus(const Value& job)
{
    if (const Value& failed = api::condition(job, "Failed"); failed.str("status") == "True")
        return said(ObjectState::Failing, QStringLiteral("Failed"), failed.str("message"));
    if (api::conditionIsTrue(job, "Complete"))
        return said(ObjectState::Done, QStringLiteral("Complete"));
    return said(ObjectState::Progressing, QStringLiteral("Running"));
}

StateAndText phaseStatus(std::string_view phase)
{
    const QString text = displayText(phase, 80);
    if (phase == "Active" || phase == "Bound" || phase == "Available" || phase == "Running" || phase == "Ready")
        return said(ObjectState::Ok, text);
    if (phase == "Terminating")
        return said(ObjectState::Terminating, text);
    if (phase == "Failed" || phase == "Lost")
        return said(ObjectState::Failing, text);
    return said(ObjectState::Progressing, text);
}

StateAndText conditionStatus(const Value& object)
{
    for (const char* type : { "Ready", "Available", "Established", "Synced" }) {
        const Value& condition = api::condition(object, type);
        if (condition.isNull())
            continue;
        if (condition.str("status") == "True")
            return said(ObjectState::Ok, QString::fromLatin1(type));
        const bool known = condition.str("status") == "False";
        return said(known ? ObjectState::Failing : ObjectState::Unknown, QStringLiteral("Not") + QLatin1String(type), condition.str("message"));
    }
    return said(ObjectState::Neutral, {});
}

} // namespace

State stateOfContainerReason(const QString& reason)
{
    return reason == QLatin1String("ContainerCreating") || reason == QLatin1String("PodInitializing") ? ObjectState::Progressing
                                                                                                      : ObjectState::Failing;
}

State stateOfProcessPhase(std::string_view phase)
{
    if (phase == "Running")
        return ObjectState::Ok;
    if (phase == "Failed")
        return ObjectState::Failing;
    return phase == "Stopped" ? ObjectState::Neutral : ObjectState::Progressing;
}

StateAndText nodeStatus(const Value& node)
{
    const Value& ready = api::condition(node, "Ready");
    StateAndText result = said(ObjectState::Unknown, QStringLiteral("Unknown"), ready.str("message"));
    if (ready.str("status") == "True")
        result = said(ObjectState::Ok, QStringLiteral("Ready"));
    else if (ready.str("status") == "False")
        result = said(ObjectState::Failing, QStringLiteral("NotReady"), ready.str("message"));
    if (node.get("spec", "unschedulable").asBool()) {
        result.text += QStringLiteral(",SchedulingDisabled");
        result.state = worse(result.state, ObjectState::Waiting);
    }
    return result;
}

StateAndText objectStatus(const Value& object)
{
    const std::string_view kind = object.str("kind");
    if (kind == "Pod")
        return podSummary(object).status;
    if (api::ObjectMeta(object).beingDeleted())
        return said(ObjectState::Terminating, QStringLiteral("Terminating"));
    if (kind == "Node")
        return nodeStatus(object);
    if (isWorkload(kind))
        return workloadStatus(object, kind == "DaemonSet");
    if (kind == "Job")
        return jobStatus(object);
    if (const std::string_view phase = object.str("status", "phase"); !phase.empty())
        return phaseStatus(phase);
    return conditionStatus(object);
}

} // namespace kates::app
