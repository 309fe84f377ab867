#include "app/deploy/deploy_follower.h"

#include "app/base/text.h"

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
        QStringLiteral("PersistentVolumeClaim") };
    return kinds.contains(kind);
}

void DeployFollower::follow(int id, const ResourceRef& resource, const QString& kind, const QString& ns, const QString& name)
{
    if (m_informers.size() >= kFollowedMax) {
        emit statusChanged(id, { ObjectState::Ok, {}, {} });
        return;
    }
    InformerOptions options;
    options.resource = resource;
    options.ns = ns;
    options.fieldSelector = QStringLiteral("metadata.name=") + name;
    DataPtr<Informer> informer = makeOn<Informer>(m_thread, m_client, std::move(options));
    // Items of lists do not say their kind, which objectStatus() needs.
    connect(informer.get(), &Informer::changed, informer.get(), [self = QPointer(this), this, id, kind](const Deltas& deltas) {
        for (const Delta& delta : deltas) {
            api::Value object = delta.object;
            object.set("kind", toStd(kind));
            const StateAndText status
                = delta.kind == Delta::Kind::Set ? objectStatus(object) : StateAndText { ObjectState::Failing, tr("deleted"), {} };
            postToGui(self, [this, id, status] {
                if (m_informers.contains(id))
                    emit statusChanged(id, status);
            });
        }
    });
    m_thread.with(informer.get(), [](Informer& started) { started.start(); });
    m_informers.insert_or_assign(id, std::move(informer));
}

void DeployFollower::clear() { m_informers.clear(); }

} // namespace kates::app
