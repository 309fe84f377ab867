#include "app/deploy/deploy_follower.h"

#include "app/deploy/followed_place.h"

namespace kates::app {

DeployFollower::DeployFollower(DataThread& thread, ApiClient& client, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
{
}

DeployFollower::~DeployFollower() = default;

bool DeployFollower::follows(const QString& kind)
{
    static const QStringList kinds { QStringLiteral("Deployment"), QStringLiteral("StatefulSet"), QStringLiteral("DaemonSet"),
        QStringLiteral("ReplicaSet"), QStringLiteral("ReplicationController"), QStringLiteral("Job"), QStringLiteral("Pod"),
        QStringLiteral("PersistentVolumeClaim"), QStringLiteral("CustomResourceDefinition") };
    return kinds.contains(kind);
}

void DeployFollower::follow(int id, const ResourceRef& resource, const QString& kind, const QString& ns, const QString& name)
{
    if (++m_followed > kFollowedMax) {
        emit statusChanged(id, { ObjectState::Ok, {}, {} });
        return;
    }
    DataPtr<FollowedPlace>& place = m_places[resource.path(ns)];
    if (!place) {
        place = makeOn<FollowedPlace>(m_thread, m_client, resource, kind, ns);
        // Crosses from the data thread by the event queue.
        connect(place.get(), &FollowedPlace::statusChanged, this, [this, round = m_round](int item, const StateAndText& status) {
            if (round == m_round)
                emit statusChanged(item, status);
        });
    }
    m_thread.with(place.get(), [id, name](FollowedPlace& followed) { followed.follow(id, name); });
}

void DeployFollower::clear()
{
    ++m_round;
    m_followed = 0;
    m_places.clear();
}

} // namespace kates::app
