#include "app/shell/session.h"

#include "app/clusters/cluster_roles.h"

namespace kates::app {

Session::Session(const QString& connectionFile, QObject* parent)
    : QObject(parent)
    , m_client(makeOn<ApiClient>(m_thread, m_thread))
    , m_engine(*m_client, connectionFile)
    , m_clusterList(m_thread, *m_client, InformerOptions { .resource = clustersResource() })
    , m_clusters(m_thread, clusterRoles())
    , m_machineList(m_thread, *m_client, InformerOptions { .resource = machinesResource() })
    , m_machines(m_thread, machineRoles())
    , m_clusterActions(*m_client, m_notices)
    , m_deploy(m_thread, *m_client)
{
    m_thread.with(m_clusters.feed(), [informer = m_clusterList.informer()](ListFeed& feed) { feed.setInformer(informer); });
    m_thread.with(m_machines.feed(), [informer = m_machineList.informer()](ListFeed& feed) { feed.setInformer(informer); });
    connect(&m_engine, &EngineLink::endpointChanged, this, [this] {
        m_clusterList.start();
        m_machineList.start();
        for (const auto& [name, session] : m_sessions)
            session->restart();
    });
    connect(&m_clusterList, &LiveResource::stateChanged, this, [this] { m_engine.onInformer(m_clusterList.state(), m_clusterList.error()); });
    connect(&m_clusters, &ObjectListModel::rowsRemoved, this, &Session::onClusterObjects);
}

Session::~Session() = default;

void Session::openCluster(const QString& name)
{
    if ((m_cluster ? m_cluster->name() : QString()) == name)
        return;
    if (name.isEmpty()) {
        m_cluster = nullptr;
        m_deploy.setTarget({}, nullptr);
    } else {
        std::unique_ptr<ClusterSession>& session = m_sessions[name];
        if (!session)
            session = std::make_unique<ClusterSession>(m_thread, *m_client, m_engine, m_notices, m_machineList, name);
        m_cluster = session.get();
        m_deploy.setTarget(name, &session->discovery());
    }
    emit clusterChanged();
}

void Session::onClusterObjects()
{
    // A deleted cluster takes its session with it.
    std::vector<QString> gone;
    for (const auto& [name, session] : m_sessions) {
        if (m_clusters.indexOfKey(name) < 0)
            gone.push_back(name);
    }
    for (const QString& name : gone) {
        if (m_cluster && m_cluster->name() == name)
            openCluster({});
        m_sessions.erase(name);
    }
}

} // namespace kates::app
