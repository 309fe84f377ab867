#include "app/details/object_actions.h"

#include <QDateTime>

#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

Value specPatch(std::string_view field, Value value)
{
    Value patch = Value::object();
    patch.edit("spec").set(field, std::move(value));
    return patch;
}

qint64 revisionOf(const Value& object) { return toQString(api::ObjectMeta(object).annotation("deployment.kubernetes.io/revision")).toLongLong(); }

bool isMirrorOrDaemon(const Value& pod)
{
    const api::ObjectMeta meta(pod);
    return meta.controllerRef().str("kind") == "DaemonSet" || !meta.annotation("kubernetes.io/config.mirror").empty();
}

} // namespace

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
}

QStringList ObjectActions::available() const
{
    const QString& kind = m_target.kind;
    QStringList actions;
    if (kind.isEmpty())
        return actions;
    const bool scales = kind == QLatin1String("Deployment") || kind == QLatin1String("StatefulSet") || kind == QLatin1String("ReplicaSet")
        || kind == QLatin1String("ReplicationController");
    if (scales)
        actions.append(QStringLiteral("scale"));
    if (kind == QLatin1String("Deployment") || kind == QLatin1String("StatefulSet") || kind == QLatin1String("DaemonSet"))
        actions.append(QStringLiteral("restart"));
    if (revisionOf(m_target.object) > 1)
        actions.append(QStringLiteral("undo"));
    if (kind == QLatin1String("Deployment"))
        actions.append(m_target.object.get("spec", "paused").asBool() ? QStringLiteral("resume") : QStringLiteral("pause"));
    if (kind == QLatin1String("CronJob"))
        actions.append(m_target.object.get("spec", "suspend").asBool() ? QStringLiteral("resume") : QStringLiteral("pause"));
    if (kind == QLatin1String("Node"))
        actions += { m_target.object.get("spec", "unschedulable").asBool() ? QStringLiteral("uncordon") : QStringLiteral("cordon"),
            QStringLiteral("drain") };
    if (kind == QLatin1String("Pod"))
        actions.append(QStringLiteral("evict"));
    actions.append(QStringLiteral("delete"));
    return actions;
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

void ObjectActions::evictPod(const QString& ns, const QString& name)
{
    const ResourceRef pods { m_target.resource.root, {}, QStringLiteral("v1"), QStringLiteral("pods"), true };
    Value eviction = Value::object({ { "apiVersion", "policy/v1" }, { "kind", "Eviction" } });
    eviction.edit("metadata").set("name", toStd(name));
    eviction.edit("metadata").set("namespace", toStd(ns));
    send(QStringLiteral("evict"), postRequest(pods.objectPath(ns, name, QStringLiteral("eviction")), eviction), tr("%1 was not evicted").arg(name));
}

void ObjectActions::undo()
{
    const ResourceRef sets { m_target.resource.root, QStringLiteral("apps"), QStringLiteral("v1"), QStringLiteral("replicasets"), true };
    m_client.send(getRequest(sets.path(m_target.ns)), this, [this, uid = std::string(api::ObjectMeta(m_target.object).uid())](const ApiReply& reply) {
        if (!reply)
            m_notices.add(Notices::Problem, tr("%1 was not undone").arg(m_target.name), errorSentence(reply.error()));
        else if (uid == api::ObjectMeta(m_target.object).uid())
            undoTo(reply->document.get("items"));
    });
}

void ObjectActions::undoTo(const Value& replicaSets)
{
    const Value* previous = nullptr;
    for (const Value& set : replicaSets) {
        if (!api::controlledBy(set, api::ObjectMeta(m_target.object).uid()) || revisionOf(set) >= revisionOf(m_target.object))
            continue;
        previous = !previous || revisionOf(set) > revisionOf(*previous) ? &set : previous;
    }
    if (!previous) {
        m_notices.add(Notices::Problem, tr("%1 was not undone").arg(m_target.name), tr("No earlier revision is kept."));
        return;
    }
    Value podTemplate = previous->get("spec", "template");
    if (podTemplate.get("metadata", "labels").isObject())
        podTemplate.edit("metadata", "labels").erase("pod-template-hash");
    const Value patch = Value::array({ Value::object({ { "op", "replace" }, { "path", "/spec/template" }, { "value", podTemplate } }) });
    send(QStringLiteral("undo"), patchRequest(path(), kJsonPatch, patch), tr("%1 was not undone").arg(m_target.name));
}

void ObjectActions::evict() { evictPod(m_target.ns, m_target.name); }

void ObjectActions::drain()
{
    const QString node = m_target.name;
    setCordoned(true);
    const ResourceRef pods { m_target.resource.root, {}, QStringLiteral("v1"), QStringLiteral("pods"), true };
    ApiRequest request = getRequest(pods.path());
    request.query.addQueryItem(QStringLiteral("fieldSelector"), QStringLiteral("spec.nodeName%3D") + node);
    m_client.send(request, this, [this, node](const ApiReply& reply) {
        if (!reply) {
            m_notices.add(Notices::Problem, tr("%1 was not drained").arg(node), errorSentence(reply.error()));
            return;
        }
        int evicted = 0;
        for (const Value& pod : reply->document.get("items")) {
            const std::string_view phase = pod.str("status", "phase");
            if (isMirrorOrDaemon(pod) || phase == "Succeeded" || phase == "Failed")
                continue;
            ++evicted;
            evictPod(toQString(api::ObjectMeta(pod).ns()), toQString(api::ObjectMeta(pod).name()));
        }
        m_notices.add(Notices::Info, tr("Draining %1").arg(node), tr("%n pod(s) are being evicted.", nullptr, evicted));
        emit done(QStringLiteral("drain"));
    });
}

void ObjectActions::remove()
{
    send(QStringLiteral("delete"),
        deleteRequest(path(), Value::object({ { "apiVersion", "v1" }, { "kind", "DeleteOptions" }, { "propagationPolicy", "Background" } })),
        tr("%1 was not deleted").arg(m_target.name));
}

QString ObjectActions::command(const QString& action, int replicas) const
{
    const QString where = m_target.ns.isEmpty() ? QString() : QStringLiteral(" -n ") + m_target.ns;
    const QString what = m_target.kind.toLower() + u'/' + m_target.name;
    if (action == QLatin1String("scale"))
        return QStringLiteral("kubectl scale %1 --replicas=%2%3").arg(what).arg(replicas).arg(where);
    if (action == QLatin1String("restart") || action == QLatin1String("undo")
        || ((action == QLatin1String("pause") || action == QLatin1String("resume")) && m_target.kind == QLatin1String("Deployment")))
        return QStringLiteral("kubectl rollout %1 %2%3").arg(action, what, where);
    if (action == QLatin1String("pause") || action == QLatin1String("resume"))
        return QStringLiteral("kubectl patch %1%2 -p '{\"spec\":{\"suspend\":%3}}'")
            .arg(what, where, action == QLatin1String("pause") ? QStringLiteral("true") : QStringLiteral("false"));
    if (action == QLatin1String("cordon") || action == QLatin1String("uncordon"))
        return QStringLiteral("kubectl %1 %2").arg(action, m_target.name);
    if (action == QLatin1String("drain"))
        return QStringLiteral("kubectl drain %1 --ignore-daemonsets --delete-emptydir-data").arg(m_target.name);
    if (action == QLatin1String("evict"))
        return QStringLiteral("kubectl create --raw %1 -f eviction.json").arg(path(QStringLiteral("eviction")).mid(m_target.resource.root.size()));
    return QStringLiteral("kubectl delete %1%2").arg(what, where);
}

} // namespace kates::app
