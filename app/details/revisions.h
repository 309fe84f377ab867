// The revisions of a workload that the cluster still keeps, and going back to one: replica sets of a Deployment, controller revisions of a
// StatefulSet or DaemonSet. GUI thread.
#pragma once

#include <QVariantList>
#include <qqmlregistration.h>

#include "app/details/action_table.h"
#include "app/shell/notices.h"

namespace kates::app {

inline constexpr int kRevisionsMax = 100; // the newest

class Revisions : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    // Maps {revision, current, name, created, cause, images, lines}, the newest first: `lines` is the difference of its pod template from the current
    // one, as DiffView takes it; `images` says "container: image" by lines.
    Q_PROPERTY(QVariantList list READ list NOTIFY changed)
public:
    Revisions(DataThread& thread, ApiClient& client, Notices& notices, QObject* parent = nullptr);

    bool busy() const { return m_busy; }
    QString problem() const { return m_problem; }
    QVariantList list() const { return m_list; }

    void clear();
    void load(const ActionTarget& target); // asks the server anew
    Q_INVOKABLE void undoTo(qint64 revision); // one of the list

signals:
    void changed();

private:
    void take(const api::Value& items);

    DataThread& m_thread;
    ApiClient& m_client;
    Notices& m_notices;
    ActionTarget m_target;
    std::map<qint64, api::Value> m_templates;
    QVariantList m_list;
    QString m_problem;
    bool m_busy = false;
    int m_round = 0;
};

// One kept revision of a workload, read from a replica set or a controller revision. Pure.
struct Revision {
    qint64 number = 0;
    QString name, cause, images;
    QDateTime created;
    api::Value podTemplate; // without what the controller added
};
// Those that `workload` controls among `items`, the newest first.
[[nodiscard]] std::vector<Revision> revisionsOf(const api::Value& workload, const api::Value& items);

} // namespace kates::app
