// What the map shows, as data: cards that hold cells, and links between cards. Every lens makes one; the painter, the hit test, the export and
// the text twin read it. Immutable once published, so that threads share it by pointer.
//
// World units are pixels at 100 % zoom.
#pragma once

#include <QMetaType>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "app/objects/object_state.h"

namespace kates::app {

struct MapGauge {
    QString label; // "cpu"
    QString text; // "1.2 / 4"
    double fraction = 0; // of the capacity; may exceed 1
    bool wanted = false; // full is good: ready of desired
};

// What a pod that is looked at closely shows.
struct MapContainer {
    QString name, text; // text: "Running", "CrashLoopBackOff"
    State state = ObjectState::Unknown;
    int restarts = 0;
};
using MapContainers = std::shared_ptr<const std::vector<MapContainer>>;

struct MapCell {
    QString key; // the object's "namespace/name" or "name"
    QString name;
    QString statusText;
    QRectF rect;
    State state = ObjectState::Unknown;
    int card = -1;
    int restarts = 0;
    bool dimmed = false; // outside the namespace filter
    bool serving = false; // a Service sends traffic to it
    MapContainers containers; // null: not known, or no pod
    std::vector<int> labels; // into MapScene::labels
};

using StateCounts = std::array<int, ObjectState::Failing + 1>;

// The worst state that is counted; Ok when none is.
[[nodiscard]] State worstOf(const StateCounts& counts);

struct MapCard {
    enum class Kind { Node, Waiting, Group, Workload, Service, Ingress, Component, Cluster };
    Kind kind = Kind::Node;
    QString key;
    QString title;
    QString subtitle; // one line below the title
    QString note; // wrapped text: the reason why pods wait
    QString hint; // said when the pointer rests on it; "": the note
    QString footer; // wrapped text below the gauges: what a component said last
    QStringList badges;
    // What the details drawer opens for it: "" for what is not one object.
    QString apiVersion, objectKind, ns, name;
    QRectF rect;
    State state = ObjectState::Unknown;
    StateCounts counts {}; // of its cells, or of what stands inside a group
    bool simulated = false;
    bool dimmed = false;
    bool folded = false; // its cells are counted, not shown
    bool foldable = false;
    QString foldedText; // what the counts of a folded card are of
    bool pinned = false;
    int group = -1; // the group card that it stands in

    // An empty frame whose place is kept while a filter hides what is in it.
    bool isHidden() const { return kind == Kind::Group && dimmed; }
    std::vector<MapGauge> gauges;
    std::vector<int> labels; // that it carries or selects
    double cellsTop = 0; // where the cells begin, from the card's top
    int firstCell = 0, cellCount = 0; // its cells stand together in MapScene::cells
};

struct MapLink {
    int from = -1, to = -1; // cards, of this scene
    QString label;
    State state = ObjectState::Neutral;
    bool dashed = false;
};

struct MapScene {
    std::vector<MapCard> cards;
    std::vector<MapCell> cells;
    std::vector<MapLink> links;
    QString cellKind = QStringLiteral("Pod"); // of the objects that cells stand for
    std::vector<QString> labels; // "app=web"
    std::vector<int> labelCounts; // how many cells carry each
    QRectF bounds;
    StateCounts stateCounts {}; // cells by state
    quint64 serial = 0;

    // Counts the cells into their cards, the cards into their groups, and works out the bounds. The last step of every lens.
    void finish();

    // Where a cell is drawn at this scale. Zoomed out, a node's header cannot be read any more: then its cells take the header's room.
    QRectF shownRect(const MapCell& cell, const QRectF& rect, double scale) const;
    // The cell or card at a point; cells before cards. Only one of the two is set.
    struct Hit {
        int cell = -1, card = -1;
    };
    Hit at(const QPointF& world, double scale) const;
};

using MapScenePtr = std::shared_ptr<const MapScene>;

} // namespace kates::app

Q_DECLARE_METATYPE(kates::app::MapScenePtr)
