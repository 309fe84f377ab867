#include "app/clusters/cluster_roles.h"

#include <QCoreApplication>

#include <algorithm>

#include "app/base/age.h"
#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

namespace {

using api::Value;

State stepState(std::string_view text)
{
    if (text == "Done" || text == "Succeeded" || text == "Completed")
        return ObjectState::Ok;
    if (text == "Failed")
        return ObjectState::Failing;
    if (text == "Running" || text == "InProgress")
        return ObjectState::Progressing;
    return ObjectState::Neutral; // pending, skipped
}

QVariantMap stepOf(const Value& step)
{
    const State state = stepState(step.str("state"));
    const bool finished = step.has("milliseconds") && (state == ObjectState::Ok || state == ObjectState::Failing);
    return {
        { QStringLiteral("name"), displayText(step.str("name"), 200) },
        { QStringLiteral("state"), state },
        { QStringLiteral("stateText"), displayText(step.str("state"), 40) },
        { QStringLiteral("duration"), finished ? shortDuration(step.get("milliseconds").asInt()) : QString() },
        { QStringLiteral("startedAt"), parseTimestamp(step.str("startedAt")) },
        { QStringLiteral("message"), displayText(step.str("message"), 2000) },
        { QStringLiteral("fix"), displayText(step.str("fix"), 2000) },
    };
}

QVariantList stepsOf(const Value& cluster)
{
    QVariantList steps;
    for (const Value& step : cluster.get("status", "steps"))
        steps.append(stepOf(step));
    return steps;
}

const Value& failedStep(const Value& cluster)
{
    static const Value none;
    for (const Value& step : cluster.get("status", "steps")) {
        if (stepState(step.str("state")) == ObjectState::Failing)
            return step;
    }
    return none;
}

QString problemOf(const Value& cluster)
{
    if (const std::string_view message = failedStep(cluster).str("message"); !message.empty())
        return displayText(message, 2000);
    // Without a failed step: the first condition that is not as it should be.
    for (const Value& condition : cluster.get("status", "conditions")) {
        if (clusterStatus(cluster).state == ObjectState::Failing && condition.str("status") == "False")
            return displayText(condition.str("message"), 2000);
    }
    return {};
}

constexpr const char* kPhases[] = { QT_TRANSLATE_NOOP("ClusterPhase", "Pending"), QT_TRANSLATE_NOOP("ClusterPhase", "Starting"),
    QT_TRANSLATE_NOOP("ClusterPhase", "Running"), QT_TRANSLATE_NOOP("ClusterPhase", "Degraded"), QT_TRANSLATE_NOOP("ClusterPhase", "Stopping"),
    QT_TRANSLATE_NOOP("ClusterPhase", "Stopped"), QT_TRANSLATE_NOOP("ClusterPhase", "Failed"), QT_TRANSLATE_NOOP("ClusterPhase", "Deleting") };

QString phaseText(const QString& phase)
{
    const auto* known = std::find_if(std::begin(kPhases), std::end(kPhases), [&](const char* text) { return phase == QLatin1String(text); });
    return known == std::end(kPhases) ? phase : QCoreApplication::translate("ClusterPhase", *known);
}

int wanted(const Value& cluster, const char* field, int fallback) { return int(cluster.get("spec", field).asInt(fallback)); }

bool running(const Value& cluster) { return cluster.get("spec", "running").asBool(true); }

} // namespace

ResourceRef clustersResource() { return { {}, QStringLiteral("engine.kates.dev"), QStringLiteral("v1alpha1"), QStringLiteral("clusters"), false }; }

ResourceRef machinesResource() { return { {}, QStringLiteral("engine.kates.dev"), QStringLiteral("v1alpha1"), QStringLiteral("machines"), false }; }

StateAndText clusterStatus(const Value& cluster)
{
    const QString phase = displayText(cluster.str("status", "phase"), 60);
    StateAndText status { ObjectState::Progressing, phaseText(phase.isEmpty() ? QStringLiteral("Pending") : phase), {} };
    if (api::ObjectMeta(cluster).beingDeleted())
        return { ObjectState::Terminating, phaseText(QStringLiteral("Deleting")), {} };
    if (phase == QLatin1String("Running") || phase == QLatin1String("Ready"))
        status.state = ObjectState::Ok;
    else if (phase == QLatin1String("Deleting"))
        status.state = ObjectState::Terminating;
    else if (phase == QLatin1String("Stopped"))
        status.state = ObjectState::Neutral;
    else if (phase == QLatin1String("Failed"))
        status.state = ObjectState::Failing;
    else if (phase == QLatin1String("Degraded"))
        status.state = ObjectState::Waiting;
    return status;
}

std::vector<ObjectListModel::Role> machineRoles()
{
    return {
        { "name", [](const Value& m) { return displayText(m.str("metadata", "name")); } },
        { "cluster", [](const Value& m) { return toQString(m.str("spec", "clusterName")); } },
        { "role", [](const Value& m) { return displayText(m.str("spec", "role"), 40); } },
        { "phase", [](const Value& m) { return displayText(m.str("status", "phase"), 40); } },
        { "message", [](const Value& m) { return displayText(m.str("status", "message"), 500); } },
        { "cpuMilli", [](const Value& m) { return qint64(m.get("status", "cpuMilli").asInt()); } },
        { "memoryBytes", [](const Value& m) { return qint64(m.get("status", "memoryBytes").asInt()); } },
        { "restarts", [](const Value& m) { return int(m.get("status", "restarts").asInt()); } },
    };
}

std::vector<ObjectListModel::Role> clusterRoles()
{
    return {
        { "name", [](const Value& c) { return displayText(c.str("metadata", "name")); } },
        { "state", [](const Value& c) { return int(clusterStatus(c).state); } },
        { "statusText", [](const Value& c) { return clusterStatus(c).text; } },
        { "problem", problemOf },
        { "fix", [](const Value& c) { return displayText(failedStep(c).str("fix"), 2000); } },
        { "running", running },
        { "busy", [](const Value& c) { return clusterStatus(c).state == ObjectState::Progressing; } },
        { "deleting", [](const Value& c) { return api::ObjectMeta(c).beingDeleted(); } },
        { "masters", [](const Value& c) { return wanted(c, "masters", 1); } },
        { "nodes", [](const Value& c) { return wanted(c, "nodes", 0); } },
        { "simulatedNodes", [](const Value& c) { return wanted(c, "simulatedNodes", 0); } },
        { "nodesReady", [](const Value& c) { return int(c.get("status", "nodesReady").asInt()); } },
        { "nodesTotal", [](const Value& c) { return wanted(c, "nodes", 0) + wanted(c, "simulatedNodes", 0); } },
        { "endpoint", [](const Value& c) { return displayText(c.str("status", "endpoint"), 200); } },
        { "created", [](const Value& c) { return parseTimestamp(c.str("metadata", "creationTimestamp")); } },
        { "steps", [](const Value& c) { return stepsOf(c); } },
    };
}

} // namespace kates::app
