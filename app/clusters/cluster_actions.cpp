#include "app/clusters/cluster_actions.h"

#include <QRegularExpression>

#include "app/base/text.h"
#include "app/clusters/cluster_roles.h"
#include "app/clusters/network_ranges.h"

namespace kates::app {

using api::Value;

namespace {

const QString kRuntime = QStringLiteral("runtime");

} // namespace

ClusterActions::ClusterActions(ApiClient& client, Notices& notices, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_notices(notices)
{
}

QString ClusterActions::nameProblem(const QString& name) const
{
    // A DNS label, as the engine demands of everything that becomes a path and a host name.
    static const QRegularExpression label(QStringLiteral("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"));
    if (name.isEmpty())
        return tr("A cluster needs a name.");
    if (!label.match(name).hasMatch())
        return tr("Lower-case letters, digits and “-”, beginning and ending with a letter or digit.");
    if (name.size() > kClusterNameMax)
        return tr("At most %1 characters.").arg(kClusterNameMax);
    return {};
}

QString ClusterActions::podRangeProblem(const QString& pods) const { return rangeProblem(pods, kPodPrefixMax); }

QString ClusterActions::serviceRangeProblem(const QString& services, const QString& pods) const
{
    const QString problem = rangeProblem(services, kServicePrefixMax);
    return problem.isEmpty() && rangesOverlap(services, pods) ? tr("It overlaps the range of the pods.") : problem;
}

void ClusterActions::create(const QString& name, const QVariantMap& wanted)
{
    Value cluster = Value::object();
    cluster.set("apiVersion", "engine.kates.dev/v1alpha1");
    cluster.set("kind", "Cluster");
    cluster.edit("metadata").set("name", toStd(name));
    Value& spec = cluster.edit("spec");
    for (const char* count : { "masters", "nodes", "simulatedNodes" }) {
        if (wanted.contains(QLatin1String(count)))
            spec.set(count, wanted.value(QLatin1String(count)).toInt());
    }
    if (wanted.contains(kRuntime))
        spec.set("runtime", toStd(wanted.value(kRuntime).toString()));
    for (const char* range : { "podCIDR", "serviceCIDR" }) {
        if (wanted.contains(QLatin1String(range)))
            spec.edit("networking").set(range, toStd(wanted.value(QLatin1String(range)).toString()));
    }
    spec.set("running", true);
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

QString ClusterActions::createCommand(const QString& name, const QVariantMap& spec) const
{
    if (spec.contains(QStringLiteral("podCIDR")) || spec.contains(QStringLiteral("serviceCIDR")))
        return {};
    QString command = QStringLiteral("kates up %1 --masters %2 --nodes %3")
                          .arg(name)
                          .arg(spec.value(QStringLiteral("masters")).toInt())
                          .arg(spec.value(QStringLiteral("nodes")).toInt());
    if (const int simulated = spec.value(QStringLiteral("simulatedNodes")).toInt(); simulated > 0)
        command += QStringLiteral(" --simulated-nodes %1").arg(simulated);
    if (spec.contains(kRuntime))
        command += QStringLiteral(" --runtime ") + spec.value(kRuntime).toString();
    return command;
}

} // namespace kates::app
