// Everything the window knows, in one tree: the root that QML is given. GUI thread.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include <map>

#include "app/clusters/cluster_actions.h"
#include "app/clusters/cluster_metrics.h"
#include "app/clusters/remote_actions.h"
#include "app/connection/engine_link.h"
#include "app/deploy/deploy_session.h"
#include "app/shell/cluster_session.h"
#include "app/shell/notices.h"
#include "app/shell/preferences.h"
#include "app/shell/protection.h"
#include "app/tasks/task_feeders.h"

namespace kates::app {

class Session : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by main")
    Q_PROPERTY(kates::app::EngineLink* engine READ engine CONSTANT)
    Q_PROPERTY(kates::app::LiveResource* clusterList READ clusterList CONSTANT)
    Q_PROPERTY(kates::app::ObjectListModel* clusters READ clusters CONSTANT)
    Q_PROPERTY(kates::app::ObjectListModel* remoteClusters READ remoteClusters CONSTANT)
    Q_PROPERTY(kates::app::Protection* protection READ protection CONSTANT)
    Q_PROPERTY(kates::app::Preferences* preferences READ preferences CONSTANT)
    Q_PROPERTY(kates::app::ObjectListModel* machines READ machines CONSTANT)
    Q_PROPERTY(kates::app::ClusterMetrics* metrics READ metrics CONSTANT)
    Q_PROPERTY(kates::app::ClusterActions* clusterActions READ clusterActions CONSTANT)
    Q_PROPERTY(kates::app::RemoteActions* remoteActions READ remoteActions CONSTANT)
    Q_PROPERTY(kates::app::DeploySession* deploy READ deploy CONSTANT)
    Q_PROPERTY(kates::app::Notices* notices READ notices CONSTANT)
    Q_PROPERTY(kates::app::Tasks* tasks READ tasks CONSTANT)
    Q_PROPERTY(kates::app::ClusterSession* cluster READ cluster NOTIFY clusterChanged)
    Q_PROPERTY(kates::app::MapModel* clusterMap READ clusterMap CONSTANT) // all clusters as boxes; begins to work when it is first asked for
public:
    explicit Session(const QString& connectionFile, QObject* parent = nullptr);
    ~Session() override;

    EngineLink* engine() { return &m_engine; }
    LiveResource* clusterList() { return &m_clusterList; }
    ObjectListModel* clusters() { return &m_clusters; }
    ObjectListModel* remoteClusters() { return &m_remotes; }
    Protection* protection() { return &m_protection; }
    Preferences* preferences() { return &m_preferences; }
    ObjectListModel* machines() { return &m_machines; }
    ClusterMetrics* metrics() { return &m_metrics; }
    ClusterActions* clusterActions() { return &m_clusterActions; }
    RemoteActions* remoteActions() { return &m_remoteActions; }
    DeploySession* deploy() { return &m_deploy; }
    Notices* notices() { return &m_notices; }
    MapModel* clusterMap();
    Tasks* tasks() { return &m_tasks; }
    ClusterSession* cluster() const { return m_cluster; } // null: none is open

    // Connects to it when that has not happened yet. "" closes the view, not the connection.
    Q_INVOKABLE void openCluster(const QString& name);

    // After the language changed: texts that models made are read anew.
    void retranslate();

    // Whether there is a local or remote cluster of this name.
    Q_INVOKABLE bool knows(const QString& name) const;

signals:
    void clusterChanged();

private:
    std::unique_ptr<ClusterSession> makeSession(const QString& name);
    void onClusterObjects();

    DataThread m_thread;
    DataPtr<ApiClient> m_client;
    Notices m_notices;
    Preferences m_preferences;
    Tasks m_tasks;
    EngineLink m_engine;
    LiveResource m_clusterList;
    ObjectListModel m_clusters;
    LiveResource m_remoteList;
    ObjectListModel m_remotes;
    Protection m_protection;
    LiveResource m_machineList;
    ObjectListModel m_machines;
    ClusterMetrics m_metrics;
    ClusterActions m_clusterActions;
    RemoteActions m_remoteActions;
    DeploySession m_deploy;
    ClusterTasks m_clusterTasks;
    DeployTask m_deployTask;
    std::map<QString, std::unique_ptr<ClusterSession>> m_sessions;
    ClusterSession* m_cluster = nullptr;
    std::unique_ptr<MapModel> m_clusterMap;
};

} // namespace kates::app
