// What runs, in one list: cluster starts, deployments, drains, port-forwards, log streams, terminals; with progress, a way to end it, and how it ended.
// GUI thread.
//
// Whoever begins something adds a task, updates it and finishes it; the list keeps what has ended until it is cleared, bounded by kTasksMax (the oldest
// that have ended go first). An id is never used twice; updating one that is gone does nothing.
#pragma once

#include <QAbstractListModel>
#include <QDateTime>
#include <qqmlregistration.h>

#include <functional>

namespace kates::app {

inline constexpr int kTasksMax = 200;

class Tasks : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(int running READ running NOTIFY countsChanged) // jobs that have not ended
    Q_PROPERTY(int failed READ failed NOTIFY countsChanged)
    Q_PROPERTY(int finished READ finished NOTIFY countsChanged)
    Q_PROPERTY(int count READ count NOTIFY countsChanged)
public:
    enum State { Running, Done, Failed, Cancelled };
    Q_ENUM(State)
    // A job has an end of its own; what is Open lasts until somebody closes it.
    enum Kind { Job, Open };
    Q_ENUM(Kind)
    enum Roles { IdRole = Qt::UserRole, TitleRole, DetailRole, IconRole, KindRole, StateRole, ProgressRole, CancellableRole, StartedRole, EndedRole };

    using QAbstractListModel::QAbstractListModel;

    // `cancel` is called on the GUI thread, at most once per press; it ends the task by finish() or remove(), when that has happened.
    int add(Kind kind, const QString& title, const QString& icon, std::function<void()> cancel = {});
    void update(int id, const QString& detail, double progress = -1); // 0..1; below 0: unknown
    void finish(int id, State state, const QString& result);
    void remove(int id); // it is of no interest any more: a log that was closed
    bool isRunning(int id) const;

    int running() const;
    int failed() const { return countOf(Failed); }
    int finished() const;
    int count() const { return int(m_tasks.size()); }
    Q_INVOKABLE void cancel(int id);
    Q_INVOKABLE void clearFinished();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void countsChanged();

private:
    struct Task {
        int id = 0;
        Kind kind = Job;
        QString title, detail, icon;
        State state = Running;
        double progress = -1;
        std::function<void()> cancel;
        QDateTime started, ended;
    };
    int rowOf(int id) const;
    int countOf(State state) const;
    void removeRow(int row);

    std::vector<Task> m_tasks; // the newest first
    int m_lastId = 0;
};

} // namespace kates::app
