#include "app/shell/protection.h"

#include <QRegularExpression>
#include <QUrl>

#include "app/base/text.h"
#include "app/clusters/remote_roles.h"

namespace kates::app {

namespace {

const QString kColor = QStringLiteral("color");
const QString kReadOnly = QStringLiteral("readOnly");

} // namespace

QString clusterRoot(const QString& name) { return QStringLiteral("/clusters/") + QString::fromLatin1(QUrl::toPercentEncoding(name)); }

Protection::Protection(ApiClient& client, Preferences& preferences, Notices& notices, ObjectListModel& clusters, ObjectListModel& remotes,
    QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_preferences(preferences)
    , m_notices(notices)
    , m_clusters(clusters)
    , m_remotes(remotes)
{
    for (const ObjectListModel* list : { &m_clusters, &m_remotes }) {
        connect(list, &ObjectListModel::objectChanged, this, &Protection::refresh);
        connect(list, &ObjectListModel::countChanged, this, &Protection::refresh);
    }
}

bool Protection::isRemote(const QString& cluster) const { return m_remotes.indexOfKey(cluster) >= 0; }

bool Protection::isReadOnly(const QString& cluster) const
{
    const int row = m_remotes.indexOfKey(cluster);
    return row >= 0 ? remoteReadOnly(m_remotes.object(row)) : m_preferences.clusterValue(cluster, kReadOnly).toBool();
}

QString Protection::color(const QString& cluster) const
{
    const int row = m_remotes.indexOfKey(cluster);
    const QString chosen
        = row >= 0 ? m_remotes.value(row, QStringLiteral("displayColor")).toString() : m_preferences.clusterValue(cluster, kColor).toString();
    static const QRegularExpression hex(QStringLiteral("^#[0-9a-fA-F]{6}$"));
    if (colors().contains(chosen) || hex.match(chosen).hasMatch())
        return chosen;
    return row >= 0 ? QStringLiteral("red") : QString();
}

QStringList Protection::colors() const
{
    return { QStringLiteral("red"), QStringLiteral("amber"), QStringLiteral("green"), QStringLiteral("blue"), QStringLiteral("violet") };
}

void Protection::setReadOnly(const QString& cluster, bool readOnly)
{
    if (isRemote(cluster))
        return patch(cluster, "access", readOnly ? QStringLiteral("ReadOnly") : QStringLiteral("ReadWrite"));
    m_preferences.setClusterValue(cluster, kReadOnly, readOnly);
    refresh();
}

void Protection::setColor(const QString& cluster, const QString& color)
{
    if (isRemote(cluster))
        return patch(cluster, "displayColor", hexOfColor(color));
    m_preferences.setClusterValue(cluster, kColor, color);
    refresh();
}

void Protection::patch(const QString& cluster, const char* field, const QString& value)
{
    api::Value patch = api::Value::object();
    patch.edit("spec").set(field, toStd(value));
    m_client.send(patchRequest(remoteClustersResource().objectPath({}, cluster), kMergePatch, patch), this, [this, cluster](const ApiReply& reply) {
        if (!reply)
            m_notices.add(Notices::Problem, tr("The protection of “%1” was not changed").arg(cluster), errorSentence(reply.error()));
    });
}

void Protection::refresh()
{
    QSet<QString> guarded;
    for (const ObjectListModel* list : { &m_clusters, &m_remotes }) {
        for (int row = 0; row < list->count(); ++row) {
            if (isReadOnly(list->keyAt(row)))
                guarded.insert(clusterRoot(list->keyAt(row)));
        }
    }
    m_client.setGuardedRoots(guarded);
    emit changed();
}

} // namespace kates::app
