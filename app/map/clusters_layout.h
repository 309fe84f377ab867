// The map zoomed out fully: every cluster of the engine as a box with its counts. Boxes keep their places. Pure.
#pragma once

#include <QCoreApplication>

#include <map>

#include "app/map/lens.h"
#include "app/map/slot_grid.h"

namespace kates::app {

class ClustersLayout : public Lens {
    Q_DECLARE_TR_FUNCTIONS(ClustersLayout)
public:
    ClustersLayout();

    void take(std::string_view kind, Deltas deltas) override; // Cluster, RemoteCluster
    void setNamespaces(const QSet<QString>&) override { }
    void tidy() override;
    MapScene scene(qint64 nowMs) override;

private:
    MapCard localCard(const api::Value& cluster) const;
    MapCard remoteCard(const api::Value& remote) const;

    std::map<QString, api::Value> m_clusters, m_remotes; // by "Kind/name"
    SlotGrid m_places;
};

} // namespace kates::app
