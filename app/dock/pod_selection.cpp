#include "app/dock/pod_selection.h"

#include <algorithm>

#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

const Value& statusOf(const Value& pod, const char* statuses, std::string_view container)
{
    static const Value kNone;
    for (const Value& status : pod.get("status", statuses)) {
        if (status.str("name") == container)
            return status;
    }
    return kNone;
}

// Which run of the container the log is of: its id, or the number of the run where the runtime gave none. "" when nothing has run yet.
QString instanceOf(const Value& status, bool previous)
{
    const Value &state = status.get("state"), &last = status.get("lastState", "terminated");
    const bool current = state.get("running").isObject() || state.get("terminated").isObject();
    const QString run = QString::number(status.get("restartCount").asInt());
    if (previous || !current) {
        const std::string_view id = last.str("containerID");
        const bool ran = last.isObject() || status.get("restartCount").asInt() > 0;
        return ran ? (id.empty() ? u'#' + run : toQString(id)) : QString();
    }
    const std::string_view id = status.str("containerID");
    return id.empty() ? u'#' + run : toQString(id);
}

} // namespace

std::optional<PodSelection> PodSelection::of(const ActionTarget& target, const QString& container)
{
    PodSelection selection { target.ns, {}, container, {} };
    if (target.kind == QLatin1String("Pod")) {
        selection.pod = target.name;
        return selection;
    }
    const Value& selector = target.object.get("spec", "selector");
    const bool plainMap = target.resource.group.isEmpty(); // the core group's Service and ReplicationController
    const auto parsed = plainMap ? Result<api::LabelSelector>(api::LabelSelector::fromMap(selector)) : api::LabelSelector::fromValue(selector);
    if (!parsed || parsed->selectsNothing())
        return std::nullopt;
    selection.selector = *parsed;
    return selection;
}

bool PodSelection::matches(const Value& object) const
{
    const api::ObjectMeta meta(object);
    if (toQString(meta.ns()) != ns)
        return false;
    return pod.isEmpty() ? selector.matches(meta.labels()) : toQString(meta.name()) == pod;
}

QList<LogSourceNow> sourcesIn(const PodSelection& selection, const std::unordered_map<std::string, Value>& pods, bool previous)
{
    constexpr std::pair<const char*, const char*> kLists[] { { "initContainers", "initContainerStatuses" }, { "containers", "containerStatuses" },
        { "ephemeralContainers", "ephemeralContainerStatuses" } };
    QList<LogSourceNow> sources;
    for (const auto& [key, pod] : pods) {
        if (!selection.matches(pod))
            continue;
        const QString name = toQString(api::ObjectMeta(pod).name());
        for (const auto& [specs, statuses] : kLists) {
            for (const Value& spec : pod.get("spec", specs)) {
                const QString container = toQString(spec.str("name"));
                const Value& status = statusOf(pod, statuses, spec.str("name"));
                const QString instance = instanceOf(status, previous);
                if (!instance.isEmpty() && (selection.container.isEmpty() || selection.container == container))
                    sources.append({ { selection.ns, name, container }, instance, status.get("state", "running").isObject() });
            }
        }
    }
    std::sort(sources.begin(), sources.end(),
        [](const LogSourceNow& left, const LogSourceNow& right) { return naturallyBefore(left.source.key(), right.source.key()); });
    return sources;
}

} // namespace kates::app
