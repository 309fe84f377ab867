#include "app/deploy/followed_place.h"

#include <QCoreApplication>

#include "app/base/text.h"
#include "engine/api/selector.h"

namespace kates::app {

using api::Value;

namespace {

InformerOptions at(const ResourceRef& resource, const QString& ns)
{
    InformerOptions options;
    options.resource = resource;
    options.ns = ns;
    return options;
}

bool hasPods(const QString& kind)
{
    static const QStringList kinds { QStringLiteral("Deployment"), QStringLiteral("StatefulSet"), QStringLiteral("DaemonSet"),
        QStringLiteral("ReplicaSet"), QStringLiteral("Job") };
    return kinds.contains(kind);
}

} // namespace

FollowedPlace::FollowedPlace(ApiClient& client, const ResourceRef& resource, const QString& kind, const QString& ns)
    : m_kind(toStd(kind))
    , m_ns(ns)
    , m_objects(client, at(resource, ns))
    , m_soon(this)
{
    m_objects.setParent(this);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kFollowPauseMs);
    connect(&m_soon, &QTimer::timeout, this, &FollowedPlace::look);
    connect(&m_objects, &Informer::changed, this, &FollowedPlace::look);
    connect(&m_objects, &Informer::stateChanged, this, &FollowedPlace::look);
    if (!hasPods(kind))
        return;
    m_pods = std::make_unique<Informer>(client, at({ resource.root, {}, QStringLiteral("v1"), QStringLiteral("pods"), true }, ns));
    m_pods->setParent(this);
    connect(m_pods.get(), &Informer::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
}

void FollowedPlace::follow(int id, const QString& name)
{
    if (m_keys.empty()) {
        m_objects.start();
        if (m_pods)
            m_pods->start();
    }
    m_keys[id] = toStd(m_ns.isEmpty() ? name : m_ns + u'/' + name);
    look();
}

void FollowedPlace::look()
{
    for (const auto& [id, key] : m_keys) {
        const StateAndText status = statusOf(key);
        const QString said = QString::number(status.state) + status.text + u'\n' + status.reason;
        if (std::exchange(m_said[id], said) != said)
            emit statusChanged(id, status);
    }
}

StateAndText FollowedPlace::statusOf(const std::string& key) const
{
    if (!m_objects.synced()) {
        if (m_objects.state() == Informer::State::Waiting && m_objects.lastError().code == 403)
            return { ObjectState::Neutral, {}, QCoreApplication::translate("DeployFollower", "You may not watch it.") };
        return { ObjectState::Progressing, {}, {} };
    }
    const auto known = m_objects.objects().find(key);
    if (known == m_objects.objects().end())
        return { ObjectState::Failing, QCoreApplication::translate("DeployFollower", "deleted"), {} };
    Value object = known->second;
    object.set("kind", m_kind); // items of lists do not say it
    StateAndText status = objectStatus(object);
    const bool ready = status.state == ObjectState::Ok || status.state == ObjectState::Done || status.state == ObjectState::Neutral;
    if (!ready && status.reason.isEmpty() && m_pods)
        status.reason = troubleOf(object);
    return status;
}

QString FollowedPlace::troubleOf(const Value& object) const
{
    const auto selector = api::LabelSelector::fromValue(object.get("spec", "selector"));
    if (!selector || selector->selectsNothing() || selector->selectsEverything())
        return {};
    QString worst;
    State state = ObjectState::Progressing;
    for (const auto& [key, pod] : m_pods->objects()) {
        if (!selector->matches(pod.get("metadata", "labels")))
            continue;
        const StateAndText status = podSummary(pod).status;
        if (status.state < state || (status.state == state && !worst.isEmpty()))
            continue;
        state = status.state;
        const QString name = displayText(pod.str("metadata", "name"), 100);
        worst = status.reason.isEmpty() ? name + QStringLiteral(": ") + status.text : name + QStringLiteral(": ") + status.text + QStringLiteral(" — ") + status.reason;
    }
    return worst;
}

} // namespace kates::app
