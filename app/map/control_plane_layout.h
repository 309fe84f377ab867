// The control-plane lens: the masters and what runs in them, who holds the leases and for how long, the heartbeats of the nodes, and what each
// component said last. What a cluster does not show is said in words. Pure but for the time it is given.
#pragma once

#include <map>

#include "app/map/lens.h"
#include "engine/api/value.h"

namespace kates::app {

class ControlPlaneLayout : public Lens {
public:
    explicit ControlPlaneLayout(QString cluster)
        : m_cluster(std::move(cluster))
    {
    }

    void take(std::string_view kind, Deltas deltas) override; // Machine (of all clusters), Lease, Node, Event
    void setNamespaces(const QSet<QString>&) override { }
    MapScene scene(qint64 nowMs) override;
    bool ticks() const override { return true; }
    int pauseMs() const override { return 100; }

private:
    struct LastWord {
        QString text;
        qint64 whenMs = 0;
    };
    void takeEvent(const api::Value& event);
    void addMasters(MapScene& scene, double& top) const;
    void addComponents(MapScene& scene, double& top, qint64 nowMs) const;
    void addComponent(MapScene& scene, const QRectF& rect, const char* name, const char* title, qint64 nowMs) const;
    void addHeartbeats(MapScene& scene, double top, qint64 nowMs) const;

    const QString m_cluster;
    std::map<QString, api::Value> m_machines, m_leases, m_nodes;
    std::map<QString, LastWord> m_lastWords; // by component
};

} // namespace kates::app
