#include "app/map/placement_layout.h"

#include <algorithm>
#include <cmath>

#include "app/base/text.h"
#include "app/map/facts.h"
#include "app/map/placement_metrics.h"

namespace kates::app {

void PlacementLayout::take(std::string_view kind, Deltas deltas)
{
    const bool nodes = kind == "Node";
    if (deltas.size() > 1)
        sortNaturally(deltas);
    // New nodes take their places in this order: control planes, real nodes, simulated ones.
    if (nodes && deltas.size() > 1) {
        const auto real = std::stable_partition(deltas.begin(), deltas.end(), [](const Delta& delta) { return !nodeFacts(delta.object).simulated; });
        std::stable_partition(deltas.begin(), real, [](const Delta& delta) { return nodeFacts(delta.object).controlPlane; });
    }
    for (const Delta& delta : deltas) {
        const QString key = toQString(delta.key);
        if (delta.kind == Delta::Kind::Set)
            nodes ? setNode(key, delta.object) : setPod(key, delta.object);
        else
            nodes ? removeNode(key) : removePod(key);
    }
}

void PlacementLayout::setNode(const QString& key, const api::Value& object)
{
    const NodeFacts facts = nodeFacts(object);
    Node& node = nodeFor(key);
    node.present = true;
    node.statusText = facts.status.text;
    node.state = facts.status.state;
    node.simulated = facts.simulated;
    node.badges = facts.badges;
    node.cpuMilli = facts.cpuMilli;
    node.memoryBytes = facts.memoryBytes;
    node.podsMax = facts.podsMax;
}

PlacementLayout::Node& PlacementLayout::nodeFor(const QString& name)
{
    Node& node = m_nodes[name];
    if (node.place >= 0)
        return node;
    node.user = SlotGrid(m_gridColumns);
    node.system = SlotGrid(m_gridColumns);
    const auto free = std::find(m_places.begin(), m_places.end(), QString());
    node.place = int(free - m_places.begin());
    if (free == m_places.end())
        m_places.push_back(name);
    else
        *free = name;
    return node;
}

void PlacementLayout::removeNode(const QString& key)
{
    const auto node = m_nodes.find(key);
    if (node == m_nodes.end())
        return;
    node->second.present = false;
    node->second.statusText = QStringLiteral("Gone");
    node->second.state = ObjectState::Failing;
    dropIfEmpty(key);
}

void PlacementLayout::dropIfEmpty(const QString& name)
{
    const auto node = m_nodes.find(name);
    if (node == m_nodes.end() || node->second.present || !node->second.pods.empty())
        return;
    m_places[std::size_t(node->second.place)].clear();
    while (!m_places.empty() && m_places.back().isEmpty())
        m_places.pop_back();
    m_nodes.erase(node);
}

void PlacementLayout::setPod(const QString& key, const api::Value& object)
{
    const PodFacts facts = podFacts(object);
    Pod pod { facts.name, facts.ns, facts.node, facts.summary.status.text, facts.summary.status.reason, facts.summary.status.state,
        facts.summary.restarts, facts.width, facts.height, facts.cpuMilli, facts.memoryBytes, facts.system, facts.finished };
    const auto known = m_pods.find(key);
    if (known != m_pods.end()) {
        const Pod& old = known->second;
        const bool stays
            = old.node == pod.node && old.width == pod.width && old.height == pod.height && (!pod.node.isEmpty() || old.reason == pod.reason);
        if (!stays)
            detach(key, old);
        known->second = pod;
        if (!stays)
            attach(key, pod);
        return;
    }
    m_pods.emplace(key, pod);
    attach(key, pod);
}

void PlacementLayout::removePod(const QString& key)
{
    const auto pod = m_pods.find(key);
    if (pod == m_pods.end())
        return;
    detach(key, pod->second);
    m_pods.erase(pod);
}

void PlacementLayout::attach(const QString& key, const Pod& pod)
{
    if (pod.node.isEmpty()) {
        if (pod.finished)
            return; // never had a node and never will
        Waiting& waiting = m_waiting.try_emplace(pod.reason, Waiting { SlotGrid(placement::kWaitingColumns), {} }).first->second;
        waiting.grid.place(key, pod.width, pod.height);
        waiting.pods.insert(key);
        return;
    }
    Node& node = nodeFor(pod.node);
    if (!node.present && node.statusText.isEmpty())
        node.statusText = QStringLiteral("Unknown node");
    (pod.system ? node.system : node.user).place(key, pod.width, pod.height);
    node.pods.insert(key);
}

void PlacementLayout::detach(const QString& key, const Pod& pod)
{
    if (pod.node.isEmpty()) {
        const auto waiting = m_waiting.find(pod.reason);
        if (waiting == m_waiting.end())
            return;
        waiting->second.grid.remove(key);
        waiting->second.pods.erase(key);
        if (waiting->second.pods.empty())
            m_waiting.erase(waiting);
        return;
    }
    const auto node = m_nodes.find(pod.node);
    if (node == m_nodes.end())
        return;
    node->second.user.remove(key);
    node->second.system.remove(key);
    node->second.pods.erase(key);
    dropIfEmpty(pod.node);
}

void PlacementLayout::growGrid()
{
    int blocks = 0;
    for (const auto& [name, node] : m_nodes)
        blocks = std::max(blocks, node.user.blocks());
    const int wanted = std::min(placement::kGridColumnsMax, int(std::ceil(std::sqrt(blocks * 2.2) / 4)) * 4);
    if (wanted > m_gridColumns) {
        m_gridColumns = wanted;
        for (auto& [name, node] : m_nodes) {
            node.user.setColumns(wanted);
            node.system.setColumns(wanted);
        }
    }
    for (const auto& [name, node] : m_nodes) {
        m_gridRows = std::max(m_gridRows, node.user.rows());
        m_systemRows = std::max(m_systemRows, node.system.rows());
    }
}

MapScene PlacementLayout::scene(qint64)
{
    growGrid();
    MapScene scene;
    scene.cells.reserve(m_pods.size());
    addNodes(scene);
    addWaiting(scene);
    for (const MapCard& card : scene.cards)
        scene.bounds |= card.rect;
    for (const MapCell& cell : scene.cells)
        ++scene.stateCounts[std::size_t(cell.state)];
    return scene;
}

void PlacementLayout::addNodes(MapScene& scene)
{
    using namespace placement;
    const double width = 2 * kPadding + m_gridColumns * kPitch - (kPitch - kCell);
    const double cellsTop = kHeader + kGauges + kPadding;
    const double systemTop = cellsTop + m_gridRows * kPitch + kSystemGap;
    const double height = systemTop + m_systemRows * kPitch + kPadding - (kPitch - kCell);
    const int count = int(m_places.size());
    // More columns only when the whole has become clearly too tall, so that one more node moves nothing.
    const int fitting = std::max(1, int(std::round(std::sqrt(count * kAspect * height / width))));
    if (m_cardColumns == 0 || fitting > m_cardColumns + m_cardColumns / 3 || fitting < m_cardColumns / 2)
        m_cardColumns = fitting;
    for (int place = 0; place < count; ++place) {
        if (m_places[std::size_t(place)].isEmpty())
            continue;
        const QString& name = m_places[std::size_t(place)];
        const Node& node = m_nodes.at(name);
        MapCard card = nodeCard(name, node);
        card.rect = QRectF(place % m_cardColumns * (width + kCardGap), place / m_cardColumns * (height + kCardGap), width, height);
        card.cellsTop = cellsTop;
        card.firstCell = int(scene.cells.size());
        scene.cards.push_back(card);
        for (const QString& key : node.pods) {
            const Pod& pod = m_pods.at(key);
            const SlotGrid& grid = pod.system ? node.system : node.user;
            const QPointF origin = card.rect.topLeft() + QPointF(kPadding, pod.system ? systemTop : cellsTop);
            addCell(scene, key, pod, grid.at(key), origin);
        }
        scene.cards.back().cellCount = int(scene.cells.size()) - card.firstCell;
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
    card.state = node.state;
    card.simulated = node.simulated;
    card.badges = node.badges;
    qint64 cpu = 0, memory = 0;
    for (const QString& key : node.pods) {
        const Pod& pod = m_pods.at(key);
        cpu += pod.finished ? 0 : pod.cpuMilli;
        memory += pod.finished ? 0 : pod.memoryBytes;
    }
    const QString pods
        = node.podsMax > 0 ? QStringLiteral("%1 / %2 pods").arg(node.pods.size()).arg(node.podsMax) : QStringLiteral("%1 pods").arg(node.pods.size());
    card.subtitle = node.statusText + QStringLiteral("  ·  ") + pods;
    card.gauges = {
        { QStringLiteral("cpu"), QStringLiteral("%1 / %2").arg(cpuText(cpu), cpuText(node.cpuMilli)),
            node.cpuMilli ? double(cpu) / double(node.cpuMilli) : 0 },
        { QStringLiteral("mem"), QStringLiteral("%1 / %2").arg(bytesText(memory), bytesText(node.memoryBytes)),
            node.memoryBytes ? double(memory) / double(node.memoryBytes) : 0 },
    };
    return card;
}

void PlacementLayout::addWaiting(MapScene& scene)
{
    using namespace placement;
    const double width = 2 * kPadding + kWaitingColumns * kPitch - (kPitch - kCell);
    double top = 0;
    for (const auto& [reason, waiting] : m_waiting) {
        MapCard card;
        card.kind = MapCard::Kind::Waiting;
        card.key = QStringLiteral("waiting:") + reason;
        card.title
            = waiting.pods.size() == 1 ? QStringLiteral("1 pod without a node") : QStringLiteral("%1 pods without a node").arg(waiting.pods.size());
        card.note = reason.isEmpty() ? QStringLiteral("The scheduler has not said anything yet.") : reason;
        card.state = ObjectState::Waiting;
        card.cellsTop = kHeader / 2 + kNoteHeight + kPadding;
        const double height = card.cellsTop + waiting.grid.rows() * kPitch + kPadding;
        card.rect = QRectF(-width - kWaitingGap, top, width, height);
        card.firstCell = int(scene.cells.size());
        card.cellCount = int(waiting.pods.size());
        top += height + kCardGap;
        for (const QString& key : waiting.pods) {
            const Pod& pod = m_pods.at(key);
            addCell(scene, key, pod, waiting.grid.at(key), card.rect.topLeft() + QPointF(kPadding, card.cellsTop));
        }
        for (int i = card.firstCell; i < int(scene.cells.size()); ++i)
            scene.cells[std::size_t(i)].card = int(scene.cards.size());
        scene.cards.push_back(card);
    }
}

void PlacementLayout::addCell(MapScene& scene, const QString& key, const Pod& pod, const GridBlock& block, const QPointF& origin) const
{
    using namespace placement;
    MapCell cell;
    cell.key = key;
    cell.name = displayText(toStd(pod.name), 253);
    cell.statusText = pod.statusText;
    cell.rect = QRectF(origin.x() + block.column * kPitch, origin.y() + block.row * kPitch, block.width * kPitch - (kPitch - kCell),
        block.height * kPitch - (kPitch - kCell));
    cell.state = pod.state;
    cell.card = int(scene.cards.size()) - 1;
    cell.restarts = pod.restarts;
    cell.dimmed = !m_namespaces.isEmpty() && !m_namespaces.contains(pod.ns);
    scene.cells.push_back(std::move(cell));
}

} // namespace kates::app
