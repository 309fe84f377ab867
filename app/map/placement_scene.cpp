// The Placement lens's scene: what placement_layout.cpp placed, as cards and cells.
#include "app/base/text.h"
#include "app/map/placement_layout.h"
#include "app/map/placement_metrics.h"

namespace kates::app {

using namespace placement;

MapScene PlacementLayout::scene(qint64)
{
    if (!m_settled)
        choosePlaces();
    MapScene scene;
    scene.cells.reserve(m_pods.size());
    addZones(scene);
    addNodes(scene);
    addWaiting(scene);
    scene.finish();
    return scene;
}

void PlacementLayout::addZones(MapScene& scene) const
{
    const auto& strips = m_places.strips();
    if (strips.size() < 2 && (strips.empty() || strips.front().zone.isEmpty()))
        return; // no zones: no frames
    for (std::size_t i = 0; i < strips.size(); ++i) {
        MapCard card;
        card.kind = MapCard::Kind::Group;
        card.key = QStringLiteral("Zone/") + strips[i].zone;
        card.title = strips[i].zone.isEmpty() ? tr("No zone") : tr("Zone %1").arg(strips[i].zone);
        card.note = tr("Failure domain: what topology.kubernetes.io/zone says of these nodes.");
        const auto rows = (int(strips[i].names.size()) + strips[i].columns - 1) / strips[i].columns;
        const double left = m_places.firstColumn(int(i)) * (m_sizes.width + kCardGap) + double(i) * kZoneGap;
        card.rect = QRectF(left - kZonePadding, -kZoneHeader, strips[i].columns * (m_sizes.width + kCardGap) - kCardGap + 2 * kZonePadding,
            rows * (m_sizes.height + kCardGap) - kCardGap + kZoneHeader + kZonePadding);
        scene.cards.push_back(std::move(card));
    }
}

void PlacementLayout::addNodes(MapScene& scene) const
{
    const bool zones = !scene.cards.empty();
    for (std::size_t strip = 0; strip < m_places.strips().size(); ++strip) {
        for (const QString& name : m_places.strips()[strip].names) {
            if (name.isEmpty())
                continue;
            const Node& node = m_nodes.at(name);
            const NodePlaces::Place place = m_places.at(name);
            MapCard card = nodeCard(name, node);
            const double left = (m_places.firstColumn(place.strip) + place.column) * (m_sizes.width + kCardGap) + place.strip * kZoneGap;
            card.rect = QRectF(left, place.row * (m_sizes.height + kCardGap), m_sizes.width, m_sizes.height);
            card.cellsTop = kCellsTop;
            card.firstCell = int(scene.cells.size());
            card.cellCount = int(node.pods.size());
            card.group = zones ? int(strip) : -1;
            scene.cards.push_back(card);
            for (const Pod* pod : node.pods) {
                const SlotGrid& grid = pod->facts.system ? node.system : node.user;
                const QPointF corner = card.rect.topLeft() + QPointF(kPadding, pod->facts.system ? m_sizes.systemTop : kCellsTop);
                addCell(scene, *pod, grid.rectOf(pod->key, kCell, kPitch).translated(corner));
            }
        }
    }
}

MapCard PlacementLayout::nodeCard(const QString& name, const Node& node) const
{
    MapCard card;
    card.kind = MapCard::Kind::Node;
    card.key = QStringLiteral("Node/") + name;
    card.apiVersion = QStringLiteral("v1");
    card.objectKind = QStringLiteral("Node");
    card.name = name;
    card.title = displayText(toStd(name), 120);
    card.state = node.facts.status.state;
    card.simulated = node.facts.simulated;
    card.badges = node.facts.badges;
    qint64 cpu = 0, memory = 0;
    for (const Pod* pod : node.pods) {
        cpu += pod->facts.finished ? 0 : pod->facts.cpuMilli;
        memory += pod->facts.finished ? 0 : pod->facts.memoryBytes;
    }
    const QString pods = node.facts.podsMax > 0
        ? tr("%1 / %2 pods").arg(node.pods.size()).arg(node.facts.podsMax) : tr("%1 pods").arg(node.pods.size());
    card.subtitle = node.facts.status.text + QStringLiteral("  ·  ") + pods;
    card.gauges = {
        { tr("cpu"), QStringLiteral("%1 / %2").arg(cpuText(cpu), cpuText(node.facts.cpuMilli)),
            node.facts.cpuMilli ? double(cpu) / double(node.facts.cpuMilli) : 0 },
        { tr("mem"), QStringLiteral("%1 / %2").arg(bytesText(memory), bytesText(node.facts.memoryBytes)),
            node.facts.memoryBytes ? double(memory) / double(node.facts.memoryBytes) : 0 },
    };
    return card;
}

void PlacementLayout::addWaiting(MapScene& scene) const
{
    const double width = 2 * kPadding + kWaitingColumns * kPitch - (kPitch - kCell);
    const double cellsTop = kHeader / 2 + kNoteHeight + kPadding;
    const double height = cellsTop + kWaitingRows * kPitch + kPadding;
    for (const auto& [kind, waiting] : m_waiting) {
        MapCard card;
        card.kind = MapCard::Kind::Waiting;
        card.key = QStringLiteral("waiting:") + kind;
        card.title = waiting.pods.size() == 1 ? tr("1 pod without a node") : tr("%1 pods without a node").arg(waiting.pods.size());
        card.note = waiting.reason.isEmpty() ? tr("The scheduler has not said anything yet.") : waiting.reason;
        card.state = ObjectState::Waiting;
        card.cellsTop = cellsTop;
        card.rect = QRectF(-width - kWaitingGap, waiting.place * (height + kCardGap), width, height);
        card.firstCell = int(scene.cells.size());
        card.cellCount = int(waiting.pods.size());
        scene.cards.push_back(card);
        for (const Pod* pod : waiting.pods)
            addCell(scene, *pod, waiting.grid.rectOf(pod->key, kCell, kPitch).translated(card.rect.topLeft() + QPointF(kPadding, cellsTop)));
    }
}

void PlacementLayout::addCell(MapScene& scene, const Pod& pod, const QRectF& rect) const
{
    MapCell cell;
    cell.key = pod.key;
    cell.name = pod.facts.name;
    cell.statusText = pod.facts.summary.status.text;
    cell.rect = rect;
    cell.state = pod.facts.summary.status.state;
    cell.card = int(scene.cards.size()) - 1;
    cell.restarts = pod.facts.summary.restarts;
    cell.containers = pod.facts.containers;
    cell.dimmed = !m_namespaces.isEmpty() && !m_namespaces.contains(pod.facts.ns);
    scene.cells.push_back(std::move(cell));
}

} // namespace kates::app
