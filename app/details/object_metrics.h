// What a pod or node uses now, where the server has metrics.k8s.io. That API has no watch: it is asked when the drawer opens and when the user asks
// again, and says how old its figures are. GUI thread.
#pragma once

#include <QDateTime>
#include <QObject>
#include <QVariantList>
#include <qqmlregistration.h>

#include "app/details/action_table.h"

namespace kates::app {

class ObjectMetrics : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(bool applies READ applies NOTIFY changed) // of this kind there can be metrics
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString problem READ problem NOTIFY changed) // why there are none
    Q_PROPERTY(QDateTime measured READ measured NOTIFY changed)
    Q_PROPERTY(QVariantList rows READ rows NOTIFY changed) // maps {name, cpu, memory}: a pod's containers, or the node
public:
    ObjectMetrics(ApiClient& client, QString root, QObject* parent = nullptr);

    void setTarget(const ActionTarget& target);
    Q_INVOKABLE void load();

    bool applies() const { return m_target.kind == QLatin1String("Pod") || m_target.kind == QLatin1String("Node"); }
    bool busy() const { return m_busy; }
    QString problem() const { return m_problem; }
    QDateTime measured() const { return m_measured; }
    QVariantList rows() const { return m_rows; }

signals:
    void changed();

private:
    void take(const ApiReply& reply);

    ApiClient& m_client;
    const QString m_root;
    ActionTarget m_target;
    QVariantList m_rows;
    QString m_problem;
    QDateTime m_measured;
    bool m_busy = false;
    int m_round = 0;
};

} // namespace kates::app
