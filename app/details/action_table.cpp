#include "app/details/action_table.h"

#include <QCoreApplication>

namespace kates::app {

namespace {

struct ActionRow {
    const char* action;
    const char* kinds; // "*": every kind
    const char* verb;
    const char* subresource;
};

constexpr ActionRow kActions[] = {
    { "scale", "Deployment StatefulSet ReplicaSet ReplicationController", "patch", "scale" },
    { "restart", "Deployment StatefulSet DaemonSet", "patch", "" },
    { "revisions", "Deployment StatefulSet DaemonSet", "patch", "" },
    { "pause", "Deployment CronJob", "patch", "" },
    { "resume", "Deployment CronJob", "patch", "" },
    { "cordon", "Node", "patch", "" },
    { "uncordon", "Node", "patch", "" },
    { "drain", "Node", "patch", "" },
    { "evict", "Pod", "create", "eviction" },
    { "delete", "*", "delete", "" },
};

// Rights that are no action of the bar.
constexpr ActionRow kOthers[] = {
    { "edit", "*", "update", "" },
    { "logs", "Pod", "get", "log" },
    { "shell", "Pod", "create", "exec" },
};

bool has(const ActionRow& row, const QString& kind)
{
    return row.kinds[0] == '*' || QString::fromLatin1(row.kinds).split(u' ').contains(kind);
}

bool isPaused(const ActionTarget& target)
{
    return target.object.get("spec", target.kind == QLatin1String("CronJob") ? "suspend" : "paused").asBool();
}

// Of a pair of opposites, the one that would change something.
bool wouldChange(const QString& action, const ActionTarget& target)
{
    if (action == QLatin1String("pause") || action == QLatin1String("resume"))
        return isPaused(target) == (action == QLatin1String("resume"));
    if (action == QLatin1String("cordon") || action == QLatin1String("uncordon"))
        return target.object.get("spec", "unschedulable").asBool() == (action == QLatin1String("uncordon"));
    return true;
}

// A name that a shell would take apart is quoted.
QString quoted(const QString& word)
{
    const bool plain = std::all_of(word.begin(), word.end(), [](QChar c) { return c.isLetterOrNumber() || QStringLiteral("-._/:=").contains(c); });
    return plain ? word : u'\'' + QString(word).replace(u'\'', QLatin1String("'\\''")) + u'\'';
}

QString rolloutCommand(const QString& action, const ActionTarget& target, const QString& what, const QVariantMap& options)
{
    if (target.kind == QLatin1String("CronJob"))
        return QStringLiteral("patch %1 -p '{\"spec\":{\"suspend\":%2}}'")
            .arg(what, action == QLatin1String("pause") ? QStringLiteral("true") : QStringLiteral("false"));
    if (action != QLatin1String("revisions"))
        return QStringLiteral("rollout %1 %2").arg(action, what);
    if (options.contains(QStringLiteral("revision")))
        return QStringLiteral("rollout undo %1 --to-revision=%2").arg(what).arg(options.value(QStringLiteral("revision")).toLongLong());
    return QStringLiteral("rollout history %1").arg(what);
}

QString drainCommand(const QString& node, const QVariantMap& options)
{
    QString command = QStringLiteral("drain %1 --ignore-daemonsets").arg(node);
    if (options.value(QStringLiteral("deleteEmptyDir")).toBool())
        command += QLatin1String(" --delete-emptydir-data");
    if (options.value(QStringLiteral("force")).toBool())
        command += QLatin1String(" --force");
    return command;
}

QString evictCommand(const ActionTarget& target)
{
    return QStringLiteral("echo '{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%1\",\"namespace\":\"%2\"}}' | "
                          "kubectl create --raw %3 -f -")
        .arg(target.name, target.ns, quoted(target.resource.objectPath(target.ns, target.name, QStringLiteral("eviction"))));
}

} // namespace

QStringList actionsFor(const ActionTarget& target)
{
    QStringList actions;
    for (const ActionRow& row : kActions) {
        const QString action = QLatin1String(row.action);
        if (!target.kind.isEmpty() && has(row, target.kind) && wouldChange(action, target))
            actions.append(action);
    }
    return actions;
}

std::vector<AccessQuestion> rightsFor(const ActionTarget& target)
{
    std::vector<AccessQuestion> questions;
    const auto add = [&](const ActionRow& row) {
        if (has(row, target.kind))
            questions.push_back({ QLatin1String(row.action), QLatin1String(row.verb), target.resource, QLatin1String(row.subresource), target.ns,
                target.name });
    };
    std::for_each(std::begin(kActions), std::end(kActions), add);
    std::for_each(std::begin(kOthers), std::end(kOthers), add);
    if (target.kind == QLatin1String("Node")) {
        const ResourceRef pods { target.resource.root, {}, QStringLiteral("v1"), QStringLiteral("pods"), true };
        questions.push_back({ QStringLiteral("drain"), QStringLiteral("create"), pods, QStringLiteral("eviction"), {}, {} });
    }
    return questions;
}

QString hindranceOf(const QString& action, const ActionTarget& target)
{
    const auto say = [](const char* text) { return QCoreApplication::translate("Actions", text); };
    if (action == QLatin1String("restart") && target.kind == QLatin1String("Deployment") && isPaused(target))
        return say(QT_TRANSLATE_NOOP("Actions", "The roll-out is paused: resume it first."));
    const bool finished = target.object.str("status", "phase") == "Succeeded" || target.object.str("status", "phase") == "Failed";
    if (action == QLatin1String("evict") && finished)
        return say(QT_TRANSLATE_NOOP("Actions", "The pod has ended already; it can be deleted."));
    if (target.object.get("metadata").has("deletionTimestamp"))
        return say(QT_TRANSLATE_NOOP("Actions", "It is being deleted already."));
    return {};
}

QString kubectlCommand(const QString& action, const ActionTarget& target, const QVariantMap& options)
{
    const QString where = target.ns.isEmpty() ? QString() : QStringLiteral(" -n ") + quoted(target.ns);
    const QString resource = target.resource.group.isEmpty() ? target.kind.toLower() : target.resource.resource + u'.' + target.resource.group;
    // A kind that kubectl knows by itself is called by its own name.
    const bool common = target.resource.group == QLatin1String("apps") || target.resource.group == QLatin1String("batch");
    const QString what = quoted((common ? target.kind.toLower() : resource) + u'/' + target.name);
    if (action == QLatin1String("evict"))
        return evictCommand(target);
    QString command = QStringLiteral("kubectl ");
    if (action == QLatin1String("scale"))
        command += QStringLiteral("scale %1 --replicas=%2").arg(what).arg(options.value(QStringLiteral("replicas")).toInt());
    else if (action == QLatin1String("cordon") || action == QLatin1String("uncordon"))
        return command + action + u' ' + quoted(target.name);
    else if (action == QLatin1String("drain"))
        return command + drainCommand(quoted(target.name), options);
    else if (action == QLatin1String("edit") || action == QLatin1String("logs"))
        command += action + u' ' + what;
    else if (action == QLatin1String("delete")) {
        command += QStringLiteral("delete ") + what;
        if (const QString propagation = options.value(QStringLiteral("propagation")).toString(); !propagation.isEmpty())
            command += QStringLiteral(" --cascade=") + propagation.toLower();
    } else
        command += rolloutCommand(action, target, what, options);
    return command + where;
}

} // namespace kates::app
