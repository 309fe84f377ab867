// The Placement lens: nodes with their capacity, the pods on them, and beside them the pods that have no place yet with the scheduler's reason.
//
// Positions never jump: a pod keeps its slot on a node as long as it is there, a node its place among the nodes; new ones take the first free
// place. Cards have one size for all nodes, which only grows. Pure (no thread, no clock): nodes and pods in, a scene out.
#pragma once

#include <map>
#include <set>

#include "app/map/lens.h"
#include "app/map/slot_grid.h"

namespace kates::app {

class PlacementLayout : public Lens {
public:
    void take(std::string_view kind, Deltas deltas) override; // Node, Pod
    void setNode(const QString& key, const api::Value& node);
    void removeNode(const QString& key);
    void setPod(const QString& key, const api::Value& pod);
    void removePod(const QString& key);
    // Pods of other namespaces stay, dimmed: they take their node's room all the same. Empty: all are shown.
    void setNamespaces(const QSet<QString>& namespaces) override { m_namespaces = namespaces; }

    MapScene scene(qint64 nowMs = 0) override;

private:
    struct Pod {
        QString name, ns, node, statusText, reason;
        State state = ObjectState::Unknown;
        int restarts = 0;
        int width = 1, height = 1;
        qint64 cpuMilli = 0, memoryBytes = 0;
        bool system = false;
        bool finished = false; // holds no resources
    };
    struct Node {
        bool present = false; // false: pods are bound to it, but it is not (or no longer) there
        int place = -1;
        QString statusText;
        State state = ObjectState::Unknown;
        bool simulated = false;
        QStringList badges;
        qint64 cpuMilli = 0, memoryBytes = 0, podsMax = 0;
        SlotGrid user, system;
        std::set<QString> pods;
    };
    struct Waiting {
        SlotGrid grid;
        std::set<QString> pods;
    };

    Node& nodeFor(const QString& name);
    void detach(const QString& key, const Pod& pod);
    void attach(const QString& key, const Pod& pod);
    void dropIfEmpty(const QString& name);
    void growGrid();
    void addNodes(MapScene& scene);
    MapCard nodeCard(const QString& name, const Node& node) const;
    void addWaiting(MapScene& scene);
    void addCell(MapScene& scene, const QString& key, const Pod& pod, const GridBlock& block, const QPointF& origin) const;

    std::map<QString, Node> m_nodes;
    std::map<QString, Pod> m_pods;
    std::map<QString, Waiting> m_waiting; // by reason
    std::vector<QString> m_places; // node names; "" for a free place
    QSet<QString> m_namespaces;
    int m_gridColumns = 8;
    int m_gridRows = 3;
    int m_systemRows = 1;
    int m_cardColumns = 0;
};

} // namespace kates::app
