#include "app/details/drain_plan.h"

#include <QCoreApplication>

#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

QString say(const char* text) { return QCoreApplication::translate("Drain", text); }

bool hasEmptyDir(const Value& pod)
{
    for (const Value& volume : pod.get("spec", "volumes")) {
        if (volume.has("emptyDir"))
            return true;
    }
    return false;
}

} // namespace

DrainVerdict drainVerdict(const Value& pod, const DrainOptions& options)
{
    using Kind = DrainVerdict::Kind;
    const api::ObjectMeta meta(pod);
    const std::string_view phase = pod.str("status", "phase");
    if (!meta.annotation("kubernetes.io/config.mirror").empty())
        return { Kind::Stays, say(QT_TRANSLATE_NOOP("Drain", "Stays: the node itself runs it.")) };
    const bool finished = phase == "Succeeded" || phase == "Failed";
    if (meta.controllerRef().str("kind") == "DaemonSet" && !finished)
        return { Kind::Stays, say(QT_TRANSLATE_NOOP("Drain", "Stays: its DaemonSet would put it back at once.")) };
    if (finished)
        return {};
    DrainVerdict verdict;
    verdict.needsForce = meta.controllerRef().isNull();
    verdict.needsEmptyDir = hasEmptyDir(pod);
    if (verdict.needsForce && !options.force) {
        verdict.kind = Kind::NeedsConsent;
        verdict.why = say(QT_TRANSLATE_NOOP("Drain", "No controller would bring it back."));
    } else if (verdict.needsEmptyDir && !options.deleteEmptyDir) {
        verdict.kind = Kind::NeedsConsent;
        verdict.why = say(QT_TRANSLATE_NOOP("Drain", "What it wrote to its emptyDir volumes would be lost."));
    }
    return verdict;
}

} // namespace kates::app
