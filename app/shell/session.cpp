#include "app/shell/session.h"

#include "app/clusters/cluster_roles.h"
#include "app/clusters/remote_roles.h"
#include "app/map/clusters_layout.h"

namespace kates::app {

namespace {

const QString kNamespaces = QStringLiteral("namespaces");

} // namespace

Session::Session(const QString& connectionFile, QObject* parent)
    : QObject(parent)
    , m_client(makeOn<ApiClient>(m_thread, m_thread))
    , m_engine(*m_client, connectionFile)
    , m_clusterList(m_thread, *m_client, InformerOptions { .resource = clustersResource() })
    , m_clusters(m_thread, clusterRoles())
    , m_remoteList(m_thread, *m_client, InformerOptions { .resource = remoteClustersResource() })
    , m_remotes(m_thread, remoteRoles())
    , m_protection(*m_client, m_preferences, m_notices, m_clusters, m_remotes)
    , m_machineList(m_thread, *m_client, InformerOptions { .resource = machinesResource() })
    , m_machines(m_thread, machineRoles())
    , m_metrics(*m_client, m_clusters, m_machines)
    , m_clusterActions(*m_client, m_notices)
    , m_remoteActions(m_thread, *m_client, m_notices, m_preferences, m_remotes)
    , m_deploy(m_thread, *m_client, [this] { return m_engine.endpoint(); })
    , m_clusterTasks(m_tasks, m_clusters, m_clusterActions)
    , m_deployTask(m_tasks, m_deploy)
{
    m_thread.with(m_clusters.feed(), [informer = m_clusterList.informer()](ListFeed& feed) { feed.setInformer(informer); });
    m_thread.with(m_remotes.feed(), [informer = m_remoteList.informer()](ListFeed& feed) { feed.setInformer(informer); });
    m_thread.with(m_machines.feed(), [informer = m_machineList.informer()](ListFeed& feed) { feed.setInformer(informer); });
    connect(&m_engine, &EngineLink::endpointChanged, this, [this] {
        m_clusterList.start();
        m_remoteList.start();
        m_machineList.start();
        for (const auto& [name, session] : m_sessions)
            session->restart();
    });
    connect(&m_clusterList, &LiveResource::stateChanged, this, [this] { m_engine.onInformer(m_clusterList.state(), m_clusterList.error()); });
    for (const ObjectListModel* list : { &m_clusters, &m_remotes })
        connect(list, &ObjectListModel::rowsRemoved, this, &Session::onClusterObjects);
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
            session = makeSession(name);
        m_cluster = session.get();
        m_deploy.setTarget(name, &session->discovery());
    }
    emit clusterChanged();
}

std::unique_ptr<ClusterSession> Session::makeSession(const QString& name)
{
    auto session = std::make_unique<ClusterSession>(m_thread, *m_client, m_engine, m_notices, m_protection, m_machineList, m_tasks, name);
    session->setChosenNamespaces(m_preferences.clusterValue(name, kNamespaces).toStringList());
    connect(session.get(), &ClusterSession::chosenNamespacesChanged, this,
        [this, session = session.get()] { m_preferences.setClusterValue(session->name(), kNamespaces, session->chosenNamespaces()); });
    return session;
}

bool Session::knows(const QString& name) const { return m_clusters.indexOfKey(name) >= 0 || m_remotes.indexOfKey(name) >= 0; }

void Session::retranslate()
{
    m_clusters.refreshAll();
    m_remotes.refreshAll();
}

MapModel* Session::clusterMap()
{
    if (!m_clusterMap) {
        auto source = makeOn<SceneSource>(m_thread, std::make_unique<ClustersLayout>());
        m_clusterMap = std::make_unique<MapModel>(m_thread, std::move(source), QStringLiteral("clusters"));
        const auto follow = [this](Informer* informer, const char* kind) {
            m_thread.with(m_clusterMap->source(), [informer, kind](SceneSource& scenes) { scenes.follow(*informer, kind); });
        };
        follow(m_clusterList.informer(), "Cluster");
        follow(m_remoteList.informer(), "RemoteCluster");
    }
    return m_clusterMap.get();
}

void Session::onClusterObjects()
{
    // A deleted cluster takes its session with it.
    std::vector<QString> gone;
    for (const auto& [name, session] : m_sessions) {
        if (!knows(name))
            gone.push_back(name);
    }
    for (const QString& name : gone) {
        if (m_cluster && m_cluster->name() == name)
            openCluster({});
        m_sessions.erase(name);
    }
}

} // namespace kates::app
