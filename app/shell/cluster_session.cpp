#include "app/shell/cluster_session.h"

#include "app/base/text.h"

namespace kates::app {

ClusterSession::ClusterSession(DataThread& thread, ApiClient& client, const QString& name, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_name(name)
    , m_root(QStringLiteral("/clusters/") + QString::fromLatin1(QUrl::toPercentEncoding(name)))
    , m_discovery(client, m_root)
{
    const auto live = [&](const char* resource, bool namespaced) {
        InformerOptions options;
        options.resource = core(resource, namespaced);
        auto made = std::make_unique<LiveResource>(thread, client, std::move(options));
        connect(made.get(), &LiveResource::stateChanged, this, &ClusterSession::stateChanged);
        return made;
    };
    m_nodes = live("nodes", false);
    m_pods = live("pods", true);
    m_namespaceList = live("namespaces", false);
    m_map = std::make_unique<MapModel>(thread, makeOn<SceneSource>(thread, *m_nodes->informer(), *m_pods->informer()));
    m_namespaces = std::make_unique<ObjectListModel>(thread,
        std::vector<ObjectListModel::Role> {{"name", [](const api::Value& object) { return displayText(object.str("metadata", "name"), 63); }}});
    thread.with(m_namespaces->feed(), [informer = m_namespaceList->informer()](ListFeed& feed) { feed.setInformer(informer); });
}

ClusterSession::~ClusterSession() = default;

ResourceRef ClusterSession::core(const char* resource, bool namespaced) const
{
    return {m_root, {}, QStringLiteral("v1"), QString::fromLatin1(resource), namespaced};
}

std::array<LiveResource*, 3> ClusterSession::resources() const
{
    return {m_nodes.get(), m_pods.get(), m_namespaceList.get()};
}

bool ClusterSession::live() const
{
    const auto all = resources();
    return std::all_of(all.begin(), all.end(), [](const LiveResource* resource) { return resource->live(); });
}

bool ClusterSession::synced() const
{
    return m_nodes->synced() && m_pods->synced();
}

QString ClusterSession::problem() const
{
    for (const LiveResource* resource : resources()) {
        if (!resource->problem().isEmpty())
            return resource->problem();
    }
    return {};
}

QDateTime ClusterSession::asOf() const
{
    QDateTime oldest = m_nodes->asOf();
    for (const LiveResource* resource : resources())
        oldest = std::min(oldest, resource->asOf());
    return oldest;
}

void ClusterSession::setChosenNamespaces(const QStringList& namespaces)
{
    if (m_chosen == namespaces)
        return;
    m_chosen = namespaces;
    m_thread.with(m_map->source(), [set = QSet<QString>(namespaces.begin(), namespaces.end())](SceneSource& source) { source.setNamespaces(set); });
    emit chosenNamespacesChanged();
}

void ClusterSession::start()
{
    for (LiveResource* resource : resources())
        resource->start();
}

} // namespace kates::app
