// Everything the window knows, in one tree: the root that QML is given. GUI thread.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include <map>

#include "app/clusters/cluster_actions.h"
#include "app/connection/engine_link.h"
#include "app/deploy/deploy_session.h"
#include "app/shell/cluster_session.h"
#include "app/shell/notices.h"

namespace kates::app {

class Session : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by main")
    Q_PROPERTY(kates::app::EngineLink* engine READ engine CONSTANT)
    Q_PROPERTY(kates::app::LiveResource* clusterList READ clusterList CONSTANT)
    Q_PROPERTY(kates::app::ObjectListModel* clusters READ clusters CONSTANT)
    Q_PROPERTY(kates::app::ObjectListModel* machines READ machines CONSTANT)
    Q_PROPERTY(kates::app::ClusterActions* clusterActions READ clusterActions CONSTANT)
    Q_PROPERTY(kates::app::DeploySession* deploy READ deploy CONSTANT)
    Q_PROPERTY(kates::app::Notices* notices READ notices CONSTANT)
    Q_PROPERTY(kates::app::ClusterSession* cluster READ cluster NOTIFY clusterChanged)
public:
    explicit Session(const QString& connectionFile, QObject* parent = nullptr);
    ~Session() override;

    EngineLink* engine() { return &m_engine; }
    LiveResource* clusterList() { return &m_clusterList; }
    ObjectListModel* clusters() { return &m_clusters; }
    ObjectListModel* machines() { return &m_machines; }
    ClusterActions* clusterActions() { return &m_clusterActions; }
    DeploySession* deploy() { return &m_deploy; }
    Notices* notices() { return &m_notices; }
    ClusterSession* cluster() const { return m_cluster; } // null: none is open

    // Connects to it when that has not happened yet. "" closes the view, not the connection.
    Q_INVOKABLE void openCluster(const QString& name);

signals:
    void clusterChanged();

private:
    void onClusterObjects();

    DataThread m_thread;
    DataPtr<ApiClient> m_client;
    Notices m_notices;
    EngineLink m_engine;
    LiveResource m_clusterList;
    ObjectListModel m_clusters;
    LiveResource m_machineList;
    ObjectListModel m_machines;
    ClusterActions m_clusterActions;
    DeploySession m_deploy;
    std::map<QString, std::unique_ptr<ClusterSession>> m_sessions;
    ClusterSession* m_cluster = nullptr;
};

} // namespace kates::app
