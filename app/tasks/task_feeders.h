// What runs elsewhere in the window, as tasks: clusters that start, stop or go; a deployment. GUI thread.
#pragma once

#include <QHash>

#include "app/clusters/cluster_actions.h"
#include "app/deploy/deploy_session.h"
#include "app/models/object_list_model.h"
#include "app/tasks/tasks.h"

namespace kates::app {

class ClusterTasks : public QObject {
    Q_OBJECT
public:
    ClusterTasks(Tasks& tasks, ObjectListModel& clusters, ClusterActions& actions);

private:
    void look();
    void lookAt(int row);

    Tasks& m_tasks;
    ObjectListModel& m_clusters;
    ClusterActions& m_actions;
    QHash<QString, int> m_running; // tasks by cluster
};

class DeployTask : public QObject {
    Q_OBJECT
public:
    DeployTask(Tasks& tasks, DeploySession& deploy);

private:
    void look();

    Tasks& m_tasks;
    DeploySession& m_deploy;
    int m_task = 0;
};

} // namespace kates::app
