#include "app/clusters/cluster_metrics.h"

#include <algorithm>

#include "app/base/text.h"
#include "app/clusters/cluster_roles.h"
#include "engine/api/quantity.h"

namespace kates::app {

namespace {

constexpr int kMetricsIntervalMaxMs = 60'000;

QString textOf(const ObjectListModel& model, int row, const char* role) { return model.value(row, QLatin1String(role)).toString(); }

} // namespace

ClusterMetrics::ClusterMetrics(ApiClient& client, ObjectListModel& clusters, ObjectListModel& machines, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_clusters(clusters)
    , m_machines(machines)
{
    m_timer.setInterval(kMetricsIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &ClusterMetrics::ask);
    connect(&m_machines, &ObjectListModel::objectChanged, this, &ClusterMetrics::changed);
}

void ClusterMetrics::setActive(bool active)
{
    if (active == m_timer.isActive())
        return;
    if (active) {
        m_timer.start();
        ask();
    } else {
        m_timer.stop();
    }
    emit activeChanged();
}

void ClusterMetrics::ask()
{
    for (int row = 0; row < m_clusters.count(); ++row) {
        if (!m_clusters.value(row, QStringLiteral("running")).toBool())
            continue;
        const QString name = m_clusters.keyAt(row);
        m_client.send(getRequest(clustersResource().objectPath({}, name, QStringLiteral("metrics"))), this,
            [this, name](const ApiReply& reply) { take(name, reply); });
    }
}

void ClusterMetrics::take(const QString& cluster, const ApiReply& reply)
{
    if (!reply) {
        m_usage.remove(cluster); // an older engine, or one that is busy: the machines' own figures stand in
        return;
    }
    QHash<QString, Usage> usage;
    const api::Value& machines = reply->document.get("machines");
    for (std::size_t i = 0; i < std::min(machines.size(), kMetricsMachinesMax); ++i) {
        const api::Value& machine = machines.at(i);
        usage.insert(toQString(machine.str("name")),
            { api::Quantity::fromValue(machine.get("usage", "cpu")).milli(), api::Quantity::fromValue(machine.get("usage", "memory")).units() });
    }
    m_usage.insert(cluster, usage);
    const qint64 window = reply->document.get("windowSeconds").asInt() * 1000;
    m_timer.setInterval(int(std::clamp<qint64>(window, kMetricsIntervalMs, kMetricsIntervalMaxMs)));
    emit changed();
}

QVariantList ClusterMetrics::processes(const QString& cluster) const
{
    QVariantList list;
    const QHash<QString, Usage> usage = m_usage.value(cluster);
    for (int row = 0; row < m_machines.count(); ++row) {
        if (textOf(m_machines, row, "cluster") != cluster)
            continue;
        const auto measured = usage.constFind(m_machines.keyAt(row));
        const bool known = measured != usage.constEnd();
        list.append(QVariantMap {
            { QStringLiteral("name"), textOf(m_machines, row, "name") },
            { QStringLiteral("role"), textOf(m_machines, row, "role") },
            { QStringLiteral("phase"), textOf(m_machines, row, "phase") },
            { QStringLiteral("message"), textOf(m_machines, row, "message") },
            { QStringLiteral("restarts"), m_machines.value(row, QStringLiteral("restarts")) },
            { QStringLiteral("cpuMilli"), known ? QVariant(measured->cpuMilli) : m_machines.value(row, QStringLiteral("cpuMilli")) },
            { QStringLiteral("memoryBytes"), known ? QVariant(measured->memoryBytes) : m_machines.value(row, QStringLiteral("memoryBytes")) },
        });
    }
    return list;
}

QVariantMap ClusterMetrics::total(const QString& cluster) const
{
    qint64 cpu = 0, memory = 0;
    const QVariantList all = processes(cluster);
    for (const QVariant& process : all) {
        cpu += process.toMap().value(QStringLiteral("cpuMilli")).toLongLong();
        memory += process.toMap().value(QStringLiteral("memoryBytes")).toLongLong();
    }
    return { { QStringLiteral("known"), memory > 0 }, { QStringLiteral("cpuMilli"), cpu }, { QStringLiteral("memoryBytes"), memory } };
}

} // namespace kates::app
