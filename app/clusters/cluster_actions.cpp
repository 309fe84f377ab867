#include "app/clusters/cluster_actions.h"

#include <QRegularExpression>

#include "app/base/text.h"
#include "app/clusters/cluster_roles.h"

namespace kates::app {

using api::Value;

ClusterActions::ClusterActions(ApiClient& client, Notices& notices, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_notices(notices)
{
}

QString ClusterActions::nameProblem(const QString& name) const
{
    // A DNS label, as the engine demands of everything that becomes a path and a host name.
    static const QRegularExpression label(QStringLiteral("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"));
    if (name.isEmpty())
        return tr("A cluster needs a name.");
    if (!label.match(name).hasMatch())
        return tr("Lower-case letters, digits and “-”, at most 63, beginning and ending with a letter or digit.");
    return {};
}

void ClusterActions::create(const QString& name, int masters, int nodes, int simulatedNodes)
{
    Value cluster = Value::object();
    cluster.set("apiVersion", "engine.kates.dev/v1alpha1");
    cluster.set("kind", "Cluster");
    cluster.edit("metadata").set("name", toStd(name));
    cluster.edit("spec").set("masters", masters);
    cluster.edit("spec").set("nodes", nodes);
    cluster.edit("spec").set("simulatedNodes", simulatedNodes);
    cluster.edit("spec").set("running", true);
    m_client.send(postRequest(clustersResource().path(), cluster), this, [this, name](const ApiReply& reply) {
        if (reply)
            emit created(name);
        else
            emit createFailed(errorSentence(reply.error()));
    });
}

void ClusterActions::start(const QString& name) { setRunning(name, true); }

void ClusterActions::stop(const QString& name) { setRunning(name, false); }

void ClusterActions::setRunning(const QString& name, bool running)
{
    Value patch = Value::object();
    patch.edit("spec").set("running", running);
    const QString path = clustersResource().objectPath({}, name);
    m_client.send(patchRequest(path, kMergePatch, patch), this, [this, name, running](const ApiReply& reply) {
        if (!reply)
            m_notices.add(Notices::Problem, running ? tr("“%1” was not started").arg(name) : tr("“%1” was not stopped").arg(name),
                errorSentence(reply.error()));
    });
}

void ClusterActions::remove(const QString& name)
{
    m_client.send(deleteRequest(clustersResource().objectPath({}, name)), this, [this, name](const ApiReply& reply) {
        if (!reply)
            m_notices.add(Notices::Problem, tr("“%1” was not deleted").arg(name), errorSentence(reply.error()));
    });
}

QString ClusterActions::commandFor(const QString& action, const QString& name) const
{
    static const QHash<QString, QString> verbs {
        { QStringLiteral("start"), QStringLiteral("up") },
        { QStringLiteral("stop"), QStringLiteral("down") },
        { QStringLiteral("delete"), QStringLiteral("delete") },
    };
    return QStringLiteral("kates %1 %2").arg(verbs.value(action), name);
}

QString ClusterActions::createCommand(const QString& name, int masters, int nodes, int simulatedNodes) const
{
    QString command = QStringLiteral("kates up %1 --masters %2 --nodes %3").arg(name).arg(masters).arg(nodes);
    if (simulatedNodes > 0)
        command += QStringLiteral(" --simulated-nodes %1").arg(simulatedNodes);
    return command;
}

} // namespace kates::app
