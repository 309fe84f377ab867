#include "app/details/object_actions.h"

#include <QDateTime>

#include "app/base/text.h"

namespace kates::app {

using api::Value;

namespace {

Value specPatch(std::string_view field, Value value)
{
    Value patch = Value::object();
    patch.edit("spec").set(field, std::move(value));
    return patch;
}

} // namespace

ApiRequest evictionRequest(const QString& root, const QString& ns, const QString& name)
{
    const ResourceRef pods { root, {}, QStringLiteral("v1"), QStringLiteral("pods"), true };
    Value eviction = Value::object({ { "apiVersion", "policy/v1" }, { "kind", "Eviction" } });
    eviction.edit("metadata").set("name", toStd(name));
    eviction.edit("metadata").set("namespace", toStd(ns));
    return postRequest(pods.objectPath(ns, name, QStringLiteral("eviction")), eviction);
}

ObjectActions::ObjectActions(ApiClient& client, Notices& notices, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_notices(notices)
{
}

void ObjectActions::setTarget(const ActionTarget& target)
{
    m_target = target;
    emit changed();
    const QStringList available = actionsFor(target);
    if (available == m_available)
        return; // buttons that stay keep their focus
    m_available = available;
    emit availableChanged();
}

QVariantMap ObjectActions::hindrances() const
{
    QVariantMap hindrances;
    for (const QString& action : m_available) {
        if (const QString hindrance = hindranceOf(action, m_target); !hindrance.isEmpty())
            hindrances.insert(action, hindrance);
    }
    return hindrances;
}

QString ObjectActions::path(const QString& subresource) const { return m_target.resource.objectPath(m_target.ns, m_target.name, subresource); }

void ObjectActions::send(const QString& action, const ApiRequest& request, const QString& failure)
{
    m_client.send(request, this, [this, action, failure](const ApiReply& reply) {
        if (reply)
            emit done(action);
        else
            m_notices.add(Notices::Problem, failure, errorSentence(reply.error()));
    });
}

void ObjectActions::scale(int replicas)
{
    send(QStringLiteral("scale"), patchRequest(path(QStringLiteral("scale")), kMergePatch, specPatch("replicas", replicas)),
        tr("%1 was not scaled").arg(m_target.name));
}

void ObjectActions::restart()
{
    Value patch = Value::object();
    patch.edit("spec", "template", "metadata", "annotations")
        .set("kubectl.kubernetes.io/restartedAt", toStd(QDateTime::currentDateTimeUtc().toString(Qt::ISODate)));
    send(QStringLiteral("restart"), patchRequest(path(), kStrategicPatch, patch), tr("%1 was not restarted").arg(m_target.name));
}

void ObjectActions::setPaused(bool paused)
{
    const char* field = m_target.kind == QLatin1String("CronJob") ? "suspend" : "paused";
    send(paused ? QStringLiteral("pause") : QStringLiteral("resume"), patchRequest(path(), kMergePatch, specPatch(field, paused)),
        paused ? tr("%1 was not paused").arg(m_target.name) : tr("%1 was not resumed").arg(m_target.name));
}

void ObjectActions::setCordoned(bool cordoned)
{
    send(cordoned ? QStringLiteral("cordon") : QStringLiteral("uncordon"), patchRequest(path(), kMergePatch, specPatch("unschedulable", cordoned)),
        cordoned ? tr("%1 was not cordoned").arg(m_target.name) : tr("%1 was not uncordoned").arg(m_target.name));
}

void ObjectActions::evict()
{
    send(QStringLiteral("evict"), evictionRequest(m_target.resource.root, m_target.ns, m_target.name), tr("%1 was not evicted").arg(m_target.name));
}

void ObjectActions::remove(Propagation propagation)
{
    static const char* const names[] = { "Background", "Foreground", "Orphan" };
    send(QStringLiteral("delete"),
        deleteRequest(path(), Value::object({ { "apiVersion", "v1" }, { "kind", "DeleteOptions" }, { "propagationPolicy", names[propagation] } })),
        tr("%1 was not deleted").arg(m_target.name));
}

} // namespace kates::app
