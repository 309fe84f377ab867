// The Placement lens: nodes with their capacity, the pods on them, and beside them the pods that have no place yet with the scheduler's reason.
//
// Positions never jump. The sizes of the cards are chosen once, when the first nodes and pods are there; from then on a pod keeps its corner on a
// node as long as it is there, and a node its place in its zone (one whose zone changes moves to it). When a node is full, the cells of all nodes
// take half the side where they stand. Pure (no thread, no clock): nodes and pods in, a scene out.
#pragma once

#include <QCoreApplication>

#include <map>
#include <set>

#include "app/map/facts.h"
#include "app/map/lens.h"
#include "app/map/node_places.h"
#include "app/map/slot_grid.h"

namespace kates::app {

class PlacementLayout : public Lens {
    Q_DECLARE_TR_FUNCTIONS(PlacementLayout)
public:
    void take(std::string_view kind, Deltas deltas) override; // Node, Pod
    void setNode(const QString& key, const api::Value& node);
    void removeNode(const QString& key);
    void setPod(const QString& key, const api::Value& pod);
    void removePod(const QString& key);
    // Pods of other namespaces stay, dimmed: they take their node's room all the same. Empty: all are shown.
    void setNamespaces(const QSet<QString>& namespaces) override { m_namespaces = namespaces; }
    // Everything is placed anew, in order.
    void tidy() override { m_settled = false; }

    MapScene scene(qint64 nowMs = 0) override;

private:
    struct Pod {
        PodFacts facts;
        QString key;
    };
    struct ByKey {
        bool operator()(const Pod* left, const Pod* right) const { return left->key < right->key; }
    };
    using Pods = std::set<const Pod*, ByKey>;
    struct Node {
        bool present = false; // false: pods are bound to it, but it is not (or no longer) there
        NodeFacts facts;
        SlotGrid user, system;
        Pods pods;
    };
    struct Waiting { // for one kind of reason
        int place = 0;
        QString reason; // the latest wording
        SlotGrid grid;
        Pods pods;
    };
    struct Sizes {
        int columns = 8, rows = 4, systemRows = 1; // of a node's cells at grain 1
        double width = 0, height = 0, systemTop = 0; // of a node's card
    };

    Node& nodeFor(const QString& name);
    void detach(const Pod& pod);
    void attach(const Pod& pod);
    void dropIfEmpty(const QString& name);
    void placePod(Node& node, const Pod& pod, bool amongKin);
    Waiting& waitingFor(const QString& reason);
    void choosePlaces();
    void chooseSizes();
    double shape() const { return m_sizes.height / m_sizes.width; }

    void addZones(MapScene& scene) const;
    void addNodes(MapScene& scene) const;
    MapCard nodeCard(const QString& name, const Node& node) const;
    void addWaiting(MapScene& scene) const;
    void addCell(MapScene& scene, const Pod& pod, const QRectF& rect) const;

    std::map<QString, Node> m_nodes;
    std::map<QString, Pod> m_pods;
    std::map<QString, Waiting> m_waiting; // by waitingKind()
    NodePlaces m_places;
    Sizes m_sizes;
    QSet<QString> m_namespaces;
    int m_grain = 1; // of all nodes' grids
    bool m_settled = false; // places are kept from now on
};

} // namespace kates::app
