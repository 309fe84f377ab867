#include "app/details/conditions_of.h"

#include <QCoreApplication>

#include "app/base/age.h"
#include "app/base/text.h"
#include "app/objects/object_state.h"

namespace kates::app {

namespace {

using api::Value;

struct Words {
    const char* kind;
    const char* type;
    const char* whenTrue;
    const char* whenFalse;
};

// What the kubelet and the controllers leave unsaid.
constexpr Words kWords[] = {
    { "Pod", "PodScheduled", QT_TRANSLATE_NOOP("Conditions", "A node was chosen for it."),
        QT_TRANSLATE_NOOP("Conditions", "No node was found for it yet.") },
    { "Pod", "PodReadyToStartContainers", QT_TRANSLATE_NOOP("Conditions", "Its network and volumes are set up."),
        QT_TRANSLATE_NOOP("Conditions", "Its network or volumes are not set up.") },
    { "Pod", "Initialized", QT_TRANSLATE_NOOP("Conditions", "Its init containers have done their work."),
        QT_TRANSLATE_NOOP("Conditions", "Its init containers are still to finish.") },
    { "Pod", "ContainersReady", QT_TRANSLATE_NOOP("Conditions", "All its containers are ready."),
        QT_TRANSLATE_NOOP("Conditions", "Not all its containers are ready.") },
    { "Pod", "Ready", QT_TRANSLATE_NOOP("Conditions", "Services send it requests."),
        QT_TRANSLATE_NOOP("Conditions", "Services send it no requests.") },
    { "Pod", "DisruptionTarget", QT_TRANSLATE_NOOP("Conditions", "It is about to be ended from outside."), "" },
    { "Job", "Complete", QT_TRANSLATE_NOOP("Conditions", "All that was asked for has succeeded."), "" },
    { "Job", "SuccessCriteriaMet", QT_TRANSLATE_NOOP("Conditions", "It counts as succeeded."), "" },
    { "Job", "Failed", QT_TRANSLATE_NOOP("Conditions", "It has given up."), "" },
    { "Job", "Suspended", QT_TRANSLATE_NOOP("Conditions", "It waits until it is resumed."), "" },
    { "PodDisruptionBudget", "DisruptionAllowed", QT_TRANSLATE_NOOP("Conditions", "Some of its pods may be evicted now."),
        QT_TRANSLATE_NOOP("Conditions", "None of its pods may be evicted now.") },
    { "CustomResourceDefinition", "Established", QT_TRANSLATE_NOOP("Conditions", "The server serves this kind."),
        QT_TRANSLATE_NOOP("Conditions", "The server does not serve this kind yet.") },
};

QString wordsFor(std::string_view kind, std::string_view type, std::string_view status)
{
    for (const Words& words : kWords) {
        if (kind != words.kind || type != words.type)
            continue;
        const char* text = status == "True" ? words.whenTrue : status == "False" ? words.whenFalse : "";
        return text[0] == '\0' ? QString() : QCoreApplication::translate("Conditions", text);
    }
    return {};
}

// Conditions that are good when they are false.
bool isBadWhenTrue(std::string_view type)
{
    return type.ends_with("Pressure") || type.ends_with("Unavailable") || type == "ReplicaFailure" || type == "Failed" || type == "DisruptionTarget"
        || type == "Stalled" || type.ends_with("Failure") || type.ends_with("Degraded");
}

State stateOf(std::string_view type, std::string_view status)
{
    if (status != "True" && status != "False")
        return ObjectState::Unknown;
    if (type == "Suspended" || type == "DisruptionAllowed")
        return ObjectState::Neutral;
    const bool bad = isBadWhenTrue(type);
    if ((status == "True") != bad)
        return ObjectState::Ok;
    return bad ? ObjectState::Failing : ObjectState::Waiting;
}

} // namespace

QVariantList conditionsOf(const Value& object)
{
    QVariantList conditions;
    const std::int64_t generation = object.get("metadata", "generation").asInt();
    for (const Value& condition : object.get("status", "conditions")) {
        if (conditions.size() == kConditionsMax)
            break;
        const std::string_view type = condition.str("type"), status = condition.str("status");
        QString message = displayText(condition.str("message"), 1000);
        if (message.isEmpty())
            message = wordsFor(object.str("kind"), type, status);
        conditions.append(QVariantMap { { QStringLiteral("type"), displayText(type, 100) }, { QStringLiteral("status"), displayText(status, 20) },
            { QStringLiteral("state"), stateOf(type, status) }, { QStringLiteral("reason"), displayText(condition.str("reason"), 120) },
            { QStringLiteral("message"), message }, { QStringLiteral("since"), parseTimestamp(condition.str("lastTransitionTime")) },
            { QStringLiteral("stale"), condition.get("observedGeneration").asInt(generation) < generation } });
    }
    return conditions;
}

QString lagOf(const Value& object)
{
    const Value& observed = object.get("status", "observedGeneration");
    if (!observed.isNumber() || observed.asInt() >= object.get("metadata", "generation").asInt())
        return {};
    return QCoreApplication::translate("Conditions", "Its controller has not acted on the newest spec yet: what stands below may be out of date.");
}

} // namespace kates::app
