#include "app/shell/cluster_session.h"

#include "app/base/text.h"
#include "app/map/apps_layout.h"
#include "app/map/control_plane_layout.h"
#include "app/map/placement_layout.h"

namespace kates::app {

ClusterSession::ClusterSession(
    DataThread& thread, ApiClient& client, const EngineLink& engine, Notices& notices, Protection& protection, LiveResource& machines,
    Tasks& tasks, const QString& name)
    : m_thread(thread)
    , m_engine(engine)
    , m_notices(notices)
    , m_protection(protection)
    , m_machines(machines)
    , m_name(name)
    , m_root(clusterRoot(name))
    , m_discovery(client, m_root)
    , m_catalog(client, m_root)
    , m_resources(thread, client, m_root)
    , m_nodes(&m_resources.get(QStringLiteral("Node")))
    , m_pods(&m_resources.get(QStringLiteral("Pod")))
    , m_namespaceList(&m_resources.get(QStringLiteral("Namespace")))
    , m_catalogWatch(thread, client, m_root, m_catalog)
    , m_table(thread, client)
    , m_bulk(thread, client, notices, m_root, [this] { return m_resources.relations(); })
    , m_details(thread, client, notices,
          { m_root, [this] { return m_resources.relations(); },
              [this]() -> const std::vector<ResourceInfo>& { return m_catalog.resources(); } })
    , m_dock(thread, client, tasks, name, m_root, *m_pods->informer())
{
    const auto lock = [this] {
        m_bulk.setReadOnly(readOnly());
        m_details.setReadOnly(readOnly() ? tr("“%1” is read-only here. Unlock it beside its name first.").arg(m_name) : QString());
    };
    connect(&m_protection, &Protection::changed, this, [this, lock] {
        lock();
        emit protectionChanged();
    });
    lock();
    connect(&m_resources, &ClusterResources::stateChanged, this, &ClusterSession::stateChanged);
    connect(&m_resources, &ClusterResources::objectsChanged, &m_details, &ObjectDetails::refreshRelated);
    m_map = makeLens("placement", std::make_unique<PlacementLayout>(), { "Node", "Pod" });
    m_namespaces = std::make_unique<ObjectListModel>(thread,
        std::vector<ObjectListModel::Role> { { "name", [](const api::Value& object) { return displayText(object.str("metadata", "name"), 63); } } });
    thread.with(m_namespaces->feed(), [informer = m_namespaceList->informer()](ListFeed& feed) { feed.setInformer(informer); });
    connect(&m_catalog, &Catalog::changed, this, [this] {
        if (!m_catalog.loaded() || m_detailsSoon.isEmpty())
            return;
        const QStringList wanted = std::exchange(m_detailsSoon, {});
        openDetails(wanted[0], wanted[1], wanted[2], wanted[3]);
    });
    m_dock.setEndpoint(engine.endpoint());
    m_catalog.load();
}

ClusterSession::~ClusterSession() = default;

std::unique_ptr<MapModel> ClusterSession::makeLens(const char* name, std::unique_ptr<Lens> lens, std::initializer_list<const char*> kinds)
{
    // The model first: it hears the first scene however fast that comes.
    auto model = std::make_unique<MapModel>(m_thread, makeOn<SceneSource>(m_thread, std::move(lens)), m_name + u'/' + QLatin1String(name));
    for (const char* kind : kinds)
        m_thread.with(model->source(),
            [informer = m_resources.get(QLatin1String(kind)).informer(), kind](SceneSource& scenes) { scenes.follow(*informer, kind); });
    if (!m_chosen.isEmpty())
        m_thread.with(model->source(), [set = QSet<QString>(m_chosen.begin(), m_chosen.end())](SceneSource& scenes) { scenes.setNamespaces(set); });
    return model;
}

MapModel* ClusterSession::apps()
{
    if (!m_apps) {
        m_apps = makeLens("apps", std::make_unique<AppsLayout>(),
            { "Pod", "ReplicaSet", "Job", "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Service", "Ingress", "EndpointSlice" });
    }
    return m_apps.get();
}

MapModel* ClusterSession::controlPlane()
{
    if (!m_controlPlane) {
        m_controlPlane = makeLens("control", std::make_unique<ControlPlaneLayout>(m_name), { "Lease", "Node", "Pod", "Event" });
        m_thread.with(m_controlPlane->source(), [informer = m_machines.informer()](SceneSource& scenes) { scenes.follow(*informer, "Machine"); });
    }
    return m_controlPlane.get();
}

std::vector<const LiveResource*> ClusterSession::core() const
{
    std::vector<const LiveResource*> core { m_nodes, m_pods };
    if (!namespacesForbidden())
        core.push_back(m_namespaceList);
    return core;
}

bool ClusterSession::live() const
{
    const auto all = core();
    return std::all_of(all.begin(), all.end(), [](const LiveResource* resource) { return resource->live(); });
}

bool ClusterSession::synced() const { return m_nodes->synced() && m_pods->synced(); }

QString ClusterSession::problem() const
{
    for (const LiveResource* resource : core()) {
        if (!resource->problem().isEmpty())
            return resource->problem();
    }
    return {};
}

QDateTime ClusterSession::asOf() const
{
    QDateTime oldest = m_nodes->asOf();
    for (const LiveResource* resource : core())
        oldest = std::min(oldest, resource->asOf());
    return oldest;
}

void ClusterSession::setChosenNamespaces(const QStringList& namespaces)
{
    if (m_chosen == namespaces)
        return;
    m_chosen = namespaces;
    const QSet<QString> set(namespaces.begin(), namespaces.end());
    for (const auto* lens : { &m_map, &m_apps }) {
        if (*lens)
            m_thread.with((*lens)->source(), [set](SceneSource& source) { source.setNamespaces(set); });
    }
    m_table.setNamespaces(set);
    emit chosenNamespacesChanged();
}

bool ClusterSession::openTable(const QString& resourceId)
{
    const ResourceInfo* info = m_catalog.byId(resourceId);
    if (info)
        m_table.open(*info);
    return info != nullptr;
}

bool ClusterSession::openDetails(const QString& apiVersion, const QString& kind, const QString& ns, const QString& name)
{
    const ResourceInfo* info = m_catalog.byKind(apiVersion, kind);
    if (!info && !m_catalog.loaded())
        m_detailsSoon = { apiVersion, kind, ns, name };
    if (info)
        m_details.show(*info, info->ref.namespaced ? ns : QString(), name);
    return info != nullptr || !m_detailsSoon.isEmpty();
}

void ClusterSession::takeMarked()
{
    if (!m_table.info())
        return;
    std::vector<BulkTarget> targets;
    for (const api::Value& row : m_table.marked()) {
        const api::Value& metadata = row.get("object", "metadata");
        targets.push_back({ toQString(metadata.str("namespace")), toQString(metadata.str("name")), std::string(metadata.str("uid")) });
    }
    m_bulk.setTargets(*m_table.info(), std::move(targets));
}

void ClusterSession::openLogs(const QString& container)
{
    if (m_details.isOpen())
        m_dock.openLogs(m_details.actions()->target(), container);
}

void ClusterSession::openTerminal(const QString& container)
{
    if (m_details.isOpen())
        openTerminalOf(m_details.ns(), m_details.name(), container);
}

void ClusterSession::openTerminalOf(const QString& ns, const QString& pod, const QString& container)
{
    if (readOnly())
        m_notices.add(Notices::Problem, tr("No shell was opened"), tr("“%1” is read-only here. Unlock it beside its name first.").arg(m_name));
    else
        m_dock.openTerminal(ns, pod, container);
}

void ClusterSession::requestForward()
{
    if (readOnly())
        m_notices.add(Notices::Problem, tr("No port is forwarded"), tr("“%1” is read-only here. Unlock it beside its name first.").arg(m_name));
    else if (m_details.isOpen())
        m_dock.requestForward(m_details.actions()->target());
}

void ClusterSession::restart()
{
    m_resources.restart();
    m_catalogWatch.restart();
    m_table.restart();
    m_details.restart();
    m_dock.setEndpoint(m_engine.endpoint());
    m_catalog.load();
}

} // namespace kates::app
