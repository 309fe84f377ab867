// The Apps lens: Ingress → Service → workload with its pods, one frame per namespace.
//
// A link from a Service is drawn for what its selector means to reach, solid when an endpoint there is ready, dashed when none is. Workloads own pods
// through their replica sets and jobs. Rows keep their order; new ones go to the end of their namespace. Pure.
#pragma once

#include <map>

#include "app/map/label_index.h"
#include "app/map/lens.h"
#include "app/map/slot_grid.h"

namespace kates::app {

class AppsLayout : public Lens {
public:
    // Pod, ReplicaSet, Job, Deployment, StatefulSet, DaemonSet, CronJob, Service, Ingress, EndpointSlice.
    void take(std::string_view kind, Deltas deltas) override;
    void setNamespaces(const QSet<QString>& namespaces) override { m_namespaces = namespaces; }
    MapScene scene(qint64 nowMs) override;
    int pauseMs() const override { return 120; }

private:
    struct Workload {
        QString kind, ns, name;
        api::Value object;
        SlotGrid grid;
        std::vector<QString> pods;
    };
    struct Row { // a workload, or the pods of a namespace that have none
        int card = -1;
        double top = 0, height = 0;
        std::vector<api::Value> podLabels;
    };
    struct Frame {
        int column = -1;
        bool routed = false; // it has services or ingresses: once wide, always wide
        std::vector<QString> order; // of its workloads' keys
    };
    struct Build;

    QString ownerKeyOf(const api::Value& pod) const;
    void groupPods();
    double placeFrame(Build& build, const QString& ns, const QPointF& corner);
    void addWorkload(Build& build, const QString& key, Workload& workload, const QPointF& corner);
    void addPods(Build& build, Workload& workload);
    void addServices(Build& build, const QString& ns, const QPointF& corner, double& bottom);
    void addIngresses(Build& build, const QString& ns, const QPointF& corner, double& bottom);
    int readyEndpoints(const QString& ns, std::string_view service) const;

    std::map<std::string, std::map<QString, api::Value>, std::less<>> m_objects; // by kind, then key
    std::map<QString, Workload> m_workloads; // by "Kind/ns/name"; what is shown
    std::map<QString, Frame> m_frames; // by namespace
    QSet<QString> m_namespaces;
};

} // namespace kates::app
