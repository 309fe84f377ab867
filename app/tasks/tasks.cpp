#include "app/tasks/tasks.h"

#include <algorithm>

namespace kates::app {

int Tasks::add(Kind kind, const QString& title, const QString& icon, std::function<void()> cancel)
{
    if (count() >= kTasksMax) {
        const auto oldest = std::find_if(m_tasks.rbegin(), m_tasks.rend(), [](const Task& task) { return task.state != Running; });
        if (oldest != m_tasks.rend())
            removeRow(int(m_tasks.rend() - oldest) - 1);
    }
    beginInsertRows({}, 0, 0);
    m_tasks.insert(m_tasks.begin(), Task { ++m_lastId, kind, title, {}, icon, Running, -1, std::move(cancel), QDateTime::currentDateTimeUtc(), {} });
    endInsertRows();
    emit countsChanged();
    return m_lastId;
}

int Tasks::rowOf(int id) const
{
    const auto known = std::find_if(m_tasks.begin(), m_tasks.end(), [id](const Task& task) { return task.id == id; });
    return known == m_tasks.end() ? -1 : int(known - m_tasks.begin());
}

void Tasks::update(int id, const QString& detail, double progress)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    Task& task = m_tasks[std::size_t(row)];
    if (task.detail == detail && task.progress == progress)
        return;
    task.detail = detail;
    task.progress = std::min(progress, 1.0);
    emit dataChanged(index(row), index(row), { DetailRole, ProgressRole });
}

void Tasks::finish(int id, State state, const QString& result)
{
    const int row = rowOf(id);
    if (row < 0 || m_tasks[std::size_t(row)].state != Running)
        return;
    Task& task = m_tasks[std::size_t(row)];
    task.state = state;
    task.detail = result;
    task.cancel = {};
    task.ended = QDateTime::currentDateTimeUtc();
    emit dataChanged(index(row), index(row));
    emit countsChanged();
}

void Tasks::remove(int id)
{
    if (const int row = rowOf(id); row >= 0)
        removeRow(row);
}

void Tasks::removeRow(int row)
{
    beginRemoveRows({}, row, row);
    m_tasks.erase(m_tasks.begin() + row);
    endRemoveRows();
    emit countsChanged();
}

bool Tasks::isRunning(int id) const
{
    const int row = rowOf(id);
    return row >= 0 && m_tasks[std::size_t(row)].state == Running;
}

int Tasks::running() const
{
    return int(std::count_if(m_tasks.begin(), m_tasks.end(), [](const Task& task) { return task.state == Running && task.kind == Job; }));
}

int Tasks::countOf(State state) const
{
    return int(std::count_if(m_tasks.begin(), m_tasks.end(), [state](const Task& task) { return task.state == state; }));
}

int Tasks::finished() const { return count() - countOf(Running); }

void Tasks::cancel(int id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    // It may remove the task, and with it the function.
    if (const auto cancel = m_tasks[std::size_t(row)].cancel)
        cancel();
}

void Tasks::clearFinished()
{
    for (int row = count() - 1; row >= 0; --row) {
        if (m_tasks[std::size_t(row)].state != Running)
            removeRow(row);
    }
}

int Tasks::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant Tasks::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Task& task = m_tasks[std::size_t(index.row())];
    switch (role) {
    case IdRole:
        return task.id;
    case TitleRole:
        return task.title;
    case DetailRole:
        return task.detail;
    case IconRole:
        return task.icon;
    case KindRole:
        return task.kind;
    case StateRole:
        return task.state;
    case ProgressRole:
        return task.progress;
    case CancellableRole:
        return bool(task.cancel);
    case StartedRole:
        return task.started;
    case EndedRole:
        return task.ended;
    default:
        return {};
    }
}

QHash<int, QByteArray> Tasks::roleNames() const
{
    return { { IdRole, "taskId" }, { TitleRole, "title" }, { DetailRole, "detail" }, { IconRole, "icon" }, { KindRole, "kind" }, { StateRole, "taskState" },
        { ProgressRole, "progress" }, { CancellableRole, "cancellable" }, { StartedRole, "started" }, { EndedRole, "ended" } };
}

} // namespace kates::app
