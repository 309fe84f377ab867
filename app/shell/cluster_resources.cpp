#include "app/shell/cluster_resources.h"

namespace kates::app {

namespace {

struct Known {
    const char* kind;
    const char* group;
    const char* resource;
    bool namespaced;
};

constexpr Known kKnown[] = {
    { "Pod", "", "pods", true },
    { "Node", "", "nodes", false },
    { "Namespace", "", "namespaces", false },
    { "Event", "", "events", true },
    { "Service", "", "services", true },
    { "Lease", "coordination.k8s.io", "leases", true },
    { "Ingress", "networking.k8s.io", "ingresses", true },
    { "EndpointSlice", "discovery.k8s.io", "endpointslices", true },
    { "Deployment", "apps", "deployments", true },
    { "StatefulSet", "apps", "statefulsets", true },
    { "DaemonSet", "apps", "daemonsets", true },
    { "ReplicaSet", "apps", "replicasets", true },
    { "Job", "batch", "jobs", true },
    { "CronJob", "batch", "cronjobs", true },
    { "PodDisruptionBudget", "policy", "poddisruptionbudgets", true },
};

ResourceInfo infoOf(const QString& root, const QString& kind)
{
    for (const Known& known : kKnown) {
        if (kind == QLatin1String(known.kind))
            return { { root, QLatin1String(known.group), QStringLiteral("v1"), QLatin1String(known.resource), known.namespaced }, kind, {}, {}, {} };
    }
    qFatal("%s is not among the kinds that the window knows", qPrintable(kind));
    return {};
}

} // namespace

ClusterResources::ClusterResources(DataThread& thread, ApiClient& client, QString root, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_root(std::move(root))
{
}

ClusterResources::~ClusterResources() = default;

LiveResource& ClusterResources::get(const QString& kind)
{
    Entry& entry = m_entries[kind];
    if (!entry.live) {
        entry.info = infoOf(m_root, kind);
        InformerOptions options;
        options.resource = entry.info.ref;
        entry.live = std::make_unique<LiveResource>(m_thread, m_client, std::move(options));
        connect(entry.live.get(), &LiveResource::stateChanged, this, &ClusterResources::stateChanged);
        connect(entry.live->informer(), &Informer::changed, this, &ClusterResources::objectsChanged);
        entry.live->start();
    }
    return *entry.live;
}

std::vector<std::pair<ResourceInfo, Informer*>> ClusterResources::relations()
{
    for (const char* kind : { "Pod", "ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Service", "Ingress",
             "PodDisruptionBudget" })
        get(QLatin1String(kind));
    return running();
}

std::vector<std::pair<ResourceInfo, Informer*>> ClusterResources::running() const
{
    std::vector<std::pair<ResourceInfo, Informer*>> all;
    for (const auto& [kind, entry] : m_entries) {
        if (kind != QLatin1String("Event") && kind != QLatin1String("Lease") && kind != QLatin1String("EndpointSlice"))
            all.emplace_back(entry.info, entry.live->informer());
    }
    return all;
}

void ClusterResources::restart()
{
    for (const auto& [kind, entry] : m_entries)
        entry.live->start();
}

} // namespace kates::app
