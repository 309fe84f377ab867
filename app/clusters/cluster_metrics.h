// What the processes of each running cluster use of this computer: GET …/clusters/NAME/metrics. Asked for only while somebody looks (setActive), once
// per window of measurement. GUI thread.
#pragma once

#include <QObject>
#include <QTimer>
#include <QVariantMap>
#include <qqmlregistration.h>

#include "app/connection/api_client.h"
#include "app/models/object_list_model.h"

namespace kates::app {

inline constexpr int kMetricsIntervalMs = 5000; // between two askings, unless the answer names a longer window
inline constexpr std::size_t kMetricsMachinesMax = 1000;

class ClusterMetrics : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(bool active READ active WRITE setActive NOTIFY activeChanged)
public:
    ClusterMetrics(ApiClient& client, ObjectListModel& clusters, ObjectListModel& machines, QObject* parent = nullptr);

    bool active() const { return m_timer.isActive(); }
    void setActive(bool active);

    // {known, cpuMilli, memoryBytes}; while there is no answer, what the Machine objects say.
    Q_INVOKABLE QVariantMap total(const QString& cluster) const;
    // Maps {name, role, phase, restarts, message, cpuMilli, memoryBytes}, one for each process of the cluster.
    Q_INVOKABLE QVariantList processes(const QString& cluster) const;

signals:
    void activeChanged();
    void changed();

private:
    struct Usage {
        qint64 cpuMilli = 0, memoryBytes = 0;
    };
    void ask();
    void take(const QString& cluster, const ApiReply& reply);

    ApiClient& m_client;
    ObjectListModel& m_clusters;
    ObjectListModel& m_machines;
    QTimer m_timer;
    QHash<QString, QHash<QString, Usage>> m_usage; // by cluster, then machine
};

} // namespace kates::app
