// The control-plane lens: each master with its API server, controller manager, scheduler and store; who holds the leases and for how long; what each
// component said last; and the heartbeats of the nodes.
//
// Masters are the engine's machines; for a cluster that is not the engine's own, the nodes with the control-plane role and the pods that run its
// components (label "component", as kubeadm sets it). What a cluster does not show is said in words. Positions never jump. Pure but for the time it
// is given.
#pragma once

#include <QCoreApplication>

#include <map>

#include "app/map/lens.h"
#include "app/map/slot_grid.h"
#include "engine/api/value.h"

namespace kates::app {

class ControlPlaneLayout : public Lens {
    Q_DECLARE_TR_FUNCTIONS(ControlPlaneLayout)
public:
    explicit ControlPlaneLayout(QString cluster);

    void take(std::string_view kind, Deltas deltas) override; // Machine (of all clusters), Lease, Node, Pod, Event
    void setNamespaces(const QSet<QString>&) override { }
    MapScene scene(qint64 nowMs) override;
    bool ticks() const override { return true; }
    int pauseMs() const override { return 100; }

private:
    enum class Component { ApiServer, ControllerManager, Scheduler, Store };
    struct LastWord {
        QString text;
        qint64 whenMs = 0;
    };
    struct Master {
        QString key; // of the machine or node; "" for a cluster that shows none
        bool machine = false;
    };

    void takeEvent(const api::Value& event);
    void takePod(const Delta& delta);
    void findMasters();
    void addMaster(MapScene& scene, const Master& master, double top, qint64 nowMs) const;
    MapCard componentCard(Component component, const Master& master, qint64 nowMs) const;
    void describeProcess(MapCard& card, Component component, const Master& master) const;
    void describeLease(MapCard& card, const char* lease, const Master& master, qint64 nowMs) const;
    void addHeartbeats(MapScene& scene, qint64 nowMs);

    const QString m_cluster;
    std::map<QString, api::Value> m_machines, m_leases, m_nodes;
    std::map<QString, api::Value> m_pods; // those that run a component, by "node/component"
    std::map<QString, LastWord> m_lastWords; // by component
    std::vector<Master> m_masters; // in the order in which they were first seen
    SlotGrid m_heartbeats;
};

} // namespace kates::app
