// BulkActions in the terms of the API and of kubectl.
#include <QDateTime>
#include <QRegularExpression>

#include "app/base/text.h"
#include "app/resources/bulk_actions.h"

namespace kates::app {

using api::Value;

namespace {

QString verbOf(const QString& action) { return action == QLatin1String("delete") ? QStringLiteral("delete") : QStringLiteral("patch"); }

// "app=web" or "app-"; a value of nothing takes the label away.
std::pair<QString, std::optional<QString>> labelOf(const QString& argument)
{
    const qsizetype equals = argument.indexOf(u'=');
    if (equals < 0 && argument.endsWith(u'-'))
        return { argument.chopped(1), std::nullopt };
    return { argument.left(equals), argument.mid(equals + 1) };
}

} // namespace

ApiRequest bulkRequest(const ResourceInfo& info, const BulkTarget& target, const QString& action, const QString& argument)
{
    const QString path = info.ref.objectPath(target.ns, target.name);
    Value patch = Value::object();
    if (action == QLatin1String("delete")) {
        Value options = Value::object({ { "apiVersion", "v1" }, { "kind", "DeleteOptions" }, { "propagationPolicy", "Background" } });
        if (!target.uid.empty())
            options.edit("preconditions").set("uid", target.uid); // not one of the same name that was made meanwhile
        return deleteRequest(path, options);
    }
    if (action == QLatin1String("scale")) {
        patch.edit("spec").set("replicas", argument.toInt());
        return patchRequest(info.ref.objectPath(target.ns, target.name, QStringLiteral("scale")), kMergePatch, patch);
    }
    if (action == QLatin1String("restart")) {
        patch.edit("spec", "template", "metadata", "annotations")
            .set("kubectl.kubernetes.io/restartedAt", toStd(QDateTime::currentDateTimeUtc().toString(Qt::ISODate)));
        return patchRequest(path, kStrategicPatch, patch);
    }
    if (action == QLatin1String("label")) {
        const auto [key, value] = labelOf(argument);
        patch.edit("metadata", "labels").set(toStd(key), value ? Value(toStd(*value)) : Value());
    } else {
        patch.edit("spec").set("unschedulable", action == QLatin1String("cordon"));
    }
    return patchRequest(path, kMergePatch, patch);
}

QString BulkActions::problemOf(const QString& action, const QString& argument) const
{
    if (action == QLatin1String("scale")) {
        bool number = false;
        const int replicas = argument.toInt(&number);
        return number && replicas >= 0 ? QString() : tr("Give the number of pods.");
    }
    if (action != QLatin1String("label"))
        return {};
    static const QRegularExpression key(QStringLiteral("^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"));
    static const QRegularExpression value(QStringLiteral("^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"));
    const auto [name, text] = labelOf(argument);
    if (!argument.contains(u'=') && !argument.endsWith(u'-'))
        return tr("Write KEY=VALUE, or KEY- to take the label away.");
    if (!key.match(name).hasMatch())
        return tr("“%1” cannot be the key of a label.").arg(name);
    return text && !value.match(*text).hasMatch() ? tr("“%1” cannot be the value of a label.").arg(*text) : QString();
}

QString BulkActions::command(const QString& action, const QString& argument) const
{
    static const QHash<QString, QString> words { { QStringLiteral("delete"), QStringLiteral("delete") },
        { QStringLiteral("label"), QStringLiteral("label --overwrite") }, { QStringLiteral("restart"), QStringLiteral("rollout restart") },
        { QStringLiteral("scale"), QStringLiteral("scale") }, { QStringLiteral("cordon"), QStringLiteral("cordon") },
        { QStringLiteral("uncordon"), QStringLiteral("uncordon") } };
    std::map<QString, QStringList> byNamespace;
    for (const BulkTarget& target : m_targets)
        byNamespace[target.ns].append(target.name);
    QStringList lines;
    for (const auto& [ns, names] : byNamespace) {
        QString line = QStringLiteral("kubectl ") + words.value(action);
        if (!action.endsWith(QLatin1String("cordon")))
            line += u' ' + (m_info.ref.group.isEmpty() ? m_info.ref.resource : m_info.ref.resource + u'.' + m_info.ref.group);
        line += u' ' + names.join(u' ');
        if (action == QLatin1String("label"))
            line += u' ' + argument;
        if (action == QLatin1String("scale"))
            line += QStringLiteral(" --replicas=") + argument;
        if (!ns.isEmpty())
            line += QStringLiteral(" -n ") + ns;
        lines.append(line);
    }
    return lines.join(u'\n');
}

void BulkActions::askAccess()
{
    QStringList namespaces;
    for (const BulkTarget& target : m_targets) {
        if (!namespaces.contains(target.ns) && namespaces.size() < kBulkNamespacesAsked)
            namespaces.append(target.ns);
    }
    std::vector<AccessQuestion> questions;
    for (const QString& action : available()) {
        for (const QString& ns : namespaces) {
            const QString subresource = action == QLatin1String("scale") ? QStringLiteral("scale") : QString();
            questions.push_back({ action + u'/' + ns, verbOf(action), m_info.ref, subresource, ns, {} });
        }
    }
    m_access.ask(questions);
}

} // namespace kates::app
