// The informers of one cluster: each made and started when somebody first asks for it, then kept. GUI thread.
#pragma once

#include <map>

#include "app/discovery/discovery.h"
#include "app/models/live_resource.h"

namespace kates::app {

class ClusterResources : public QObject {
    Q_OBJECT
public:
    ClusterResources(DataThread& thread, ApiClient& client, QString root, QObject* parent = nullptr);
    ~ClusterResources() override;

    // One of the kinds that the window itself knows: Pod, Node, Namespace, Event, Service, Lease, Ingress, EndpointSlice, Deployment, StatefulSet,
    // DaemonSet, ReplicaSet, Job, CronJob, PodDisruptionBudget.
    LiveResource& get(const QString& kind);
    // Those of them that related objects are looked for in.
    std::vector<std::pair<ResourceInfo, Informer*>> relations();
    // Those that are running already: what a search can look through at once.
    std::vector<std::pair<ResourceInfo, Informer*>> running() const;
    void restart();

signals:
    void stateChanged();
    void objectsChanged(); // of any kind; at most once per frame and kind

private:
    struct Entry {
        ResourceInfo info;
        std::unique_ptr<LiveResource> live;
    };
    DataThread& m_thread;
    ApiClient& m_client;
    const QString m_root;
    std::map<QString, Entry> m_entries;
};

} // namespace kates::app
