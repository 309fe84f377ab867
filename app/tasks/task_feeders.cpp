#include "app/tasks/task_feeders.h"

#include "app/objects/object_state.h"

namespace kates::app {

ClusterTasks::ClusterTasks(Tasks& tasks, ObjectListModel& clusters, ClusterActions& actions)
    : m_tasks(tasks)
    , m_clusters(clusters)
    , m_actions(actions)
{
    connect(&clusters, &ObjectListModel::objectChanged, this, &ClusterTasks::look);
}

void ClusterTasks::look()
{
    for (int row = 0; row < m_clusters.count(); ++row)
        lookAt(row);
    const QStringList names = m_running.keys();
    for (const QString& name : names) {
        if (m_clusters.indexOfKey(name) < 0)
            m_tasks.finish(m_running.take(name), Tasks::Done, tr("Deleted"));
    }
}

void ClusterTasks::lookAt(int row)
{
    const auto value = [&](const char* role) { return m_clusters.value(row, QLatin1String(role)); };
    const QString name = m_clusters.keyAt(row), status = value("statusText").toString();
    const bool busy = value("busy").toBool() || value("deleting").toBool();
    if (!busy) {
        if (!m_running.contains(name))
            return;
        const bool failed = value("state").toInt() == ObjectState::Failing;
        m_tasks.finish(m_running.take(name), failed ? Tasks::Failed : Tasks::Done, failed ? value("problem").toString() : status);
        return;
    }
    if (!m_running.contains(name)) {
        const bool stoppable = value("running").toBool() && !value("deleting").toBool();
        m_running.insert(name,
            m_tasks.add(Tasks::Job, tr("Cluster %1").arg(name), QStringLiteral("clusters"),
                stoppable ? std::function<void()>([this, name] { m_actions.stop(name); }) : std::function<void()>()));
    }
    const QVariantList steps = value("steps").toList();
    int done = 0;
    QString current = status;
    for (const QVariant& step : steps) {
        const QVariantMap map = step.toMap();
        done += map.value(QStringLiteral("state")).toInt() == ObjectState::Ok ? 1 : 0;
        if (map.value(QStringLiteral("state")).toInt() == ObjectState::Progressing)
            current = map.value(QStringLiteral("name")).toString();
    }
    m_tasks.update(m_running.value(name), current, steps.isEmpty() ? -1 : double(done) / double(steps.size()));
}

DeployTask::DeployTask(Tasks& tasks, DeploySession& deploy)
    : m_tasks(tasks)
    , m_deploy(deploy)
{
    connect(&deploy, &DeploySession::changed, this, &DeployTask::look);
}

void DeployTask::look()
{
    const auto stage = m_deploy.stage();
    const bool runs = stage == DeploySession::Applying || stage == DeploySession::Following;
    if (runs && !m_tasks.isRunning(m_task))
        m_task = m_tasks.add(Tasks::Job, tr("Deploy to %1").arg(m_deploy.cluster()), QStringLiteral("deploy"));
    if (runs)
        m_tasks.update(m_task, m_deploy.summary());
    else if (stage == DeploySession::Finished)
        m_tasks.finish(m_task, m_deploy.problems() > 0 ? Tasks::Failed : Tasks::Done, m_deploy.summary());
    else
        m_tasks.finish(m_task, Tasks::Cancelled, tr("Given up"));
}

} // namespace kates::app
