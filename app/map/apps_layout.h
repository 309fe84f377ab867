// The Apps lens: Ingress → Service → workload with its pods, in frames by namespace.
//
// From a Service two things are told apart: what its selector means to reach (a dashed link), and where endpoints are ready (a solid link with the
// number of pods that serve, and a dot on each of them). Workloads own pods through their replica sets and jobs. Positions never jump: see AppsPlan.
// What belongs to what is worked out anew only when objects come, go or change owner or labels; a change of a pod's state touches that pod alone.
// Pure.
#pragma once

#include <QCoreApplication>

#include <map>
#include <set>

#include "app/map/apps_plan.h"
#include "app/map/facts.h"
#include "app/map/label_index.h"
#include "app/map/lens.h"
#include "app/map/slot_grid.h"

namespace kates::app {

class AppsLayout : public Lens {
    Q_DECLARE_TR_FUNCTIONS(AppsLayout)
public:
    // Pod, ReplicaSet, Job, Deployment, StatefulSet, DaemonSet, CronJob, Service, Ingress, EndpointSlice.
    void take(std::string_view kind, Deltas deltas) override;
    void setNamespaces(const QSet<QString>& namespaces) override { m_namespaces = namespaces; }
    void tidy() override { m_settled = false; }
    void toggle(const QString& cardKey) override;
    MapScene scene(qint64 nowMs) override;
    int pauseMs() const override { return 60; }

private:
    struct Pod {
        PodFacts facts;
        QString key;
        api::Value labels;
        std::vector<int> labelNumbers;
        QString workload; // the key of the one that it stands in
        bool serving = false;
    };
    struct Workload {
        QString kind, ns, name;
        api::Value object; // null: the pods of a namespace that have no controller
        api::Value podLabels; // of its template
        std::vector<int> labelNumbers;
        SlotGrid grid;
        std::set<QString> pods;
    };
    struct Reach { // of a Service to one workload
        bool intended = false; // by its selector
        int serving = 0; // pods with a ready endpoint
    };
    struct Route {
        QString ns, name, subtitle, hint;
        State state = ObjectState::Neutral;
        std::vector<int> labelNumbers;
        std::map<QString, Reach> workloads; // of a Service
        std::vector<QString> services; // of an Ingress: keys
    };
    struct Ready { // what the EndpointSlices of a Service say
        int addresses = 0;
        std::set<QString> pods; // keys of those that are named
    };

    void takePod(const Delta& delta);
    QString ownerKeyOf(const api::Value& owner, const QString& ns) const;
    void regroup();
    Workload& workloadFor(const QString& key, const QString& kind, const QString& ns, const QString& name);
    void reroute();
    void addServices(const std::map<QString, Ready>& ready);
    void addIngresses();
    std::map<QString, Ready> readyEndpoints() const;
    void settlePlaces();
    bool isFolded(const QString& ns) const;
    bool shows(const QString& ns) const { return m_namespaces.isEmpty() || m_namespaces.contains(ns); }

    void addFrames(MapScene& scene) const;
    void addWorkload(MapScene& scene, const QString& key, Workload& workload);
    void addFoldedNamespace(MapScene& scene, const QString& ns);
    void addPods(MapScene& scene, MapCard& card, Workload& workload, std::vector<int>& counts);
    void addRoutes(MapScene& scene);
    MapCard card(MapCard::Kind kind, const char* objectKind, const QString& ns, const QString& name) const;
    QPointF place(AppsPlan::Lane lane, const QString& ns, const QString& key, const QString& near = {});

    std::map<std::string, std::map<QString, api::Value>, std::less<>> m_objects; // by kind, then key; all but pods
    std::map<QString, Pod> m_pods;
    std::map<QString, Workload> m_workloads; // by "Kind/ns/name"; what is shown
    std::map<QString, int> m_workloadCounts; // by namespace
    std::map<QString, Route> m_services, m_ingresses; // by "Service/ns/name"
    LabelIndex m_labels;
    AppsPlan m_plan;
    QSet<QString> m_namespaces;
    QSet<QString> m_toggled; // keys of cards that somebody unfolded
    std::map<QString, int> m_cards; // of the scene that is being made, by key
    bool m_settled = false;
    bool m_ownersChanged = true;
    bool m_routesChanged = true;
};

} // namespace kates::app
