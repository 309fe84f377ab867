#include "app/map/clusters_layout.h"

#include "app/base/text.h"

namespace kates::app {

using api::Value;

namespace {

constexpr double kWidth = 300;
constexpr double kHeight = 128;
constexpr double kPitch = 324; // across; down, a box's height and the same gap
constexpr double kCellsTop = 112;
constexpr int kColumns = 4;

State stateOf(std::string_view phase)
{
    if (phase == "Running")
        return ObjectState::Ok;
    if (phase == "Failed")
        return ObjectState::Failing;
    return phase == "Stopped" ? ObjectState::Neutral : ObjectState::Progressing;
}

} // namespace

ClustersLayout::ClustersLayout()
    : m_places(kColumns)
{
}

void ClustersLayout::take(std::string_view, Deltas deltas)
{
    if (deltas.size() > 1)
        sortNaturally(deltas);
    for (const Delta& delta : deltas) {
        const QString key = toQString(delta.key);
        if (delta.kind == Delta::Kind::Set) {
            m_clusters[key] = delta.object;
            m_places.settle(key, 1, 1);
        } else {
            m_clusters.erase(key);
            m_places.remove(key);
        }
    }
}

void ClustersLayout::tidy()
{
    m_places = SlotGrid(kColumns);
    for (const auto& [key, cluster] : m_clusters)
        m_places.settle(key, 1, 1);
}

MapScene ClustersLayout::scene(qint64)
{
    MapScene scene;
    scene.cellKind = QStringLiteral("Cluster");
    for (const auto& [key, cluster] : m_clusters) {
        const Value &spec = cluster.get("spec"), &status = cluster.get("status");
        const GridBlock block = m_places.at(key);
        MapCard card;
        card.kind = MapCard::Kind::Cluster;
        card.key = QStringLiteral("Cluster/") + key;
        card.name = key;
        card.title = displayText(toStd(key), 80);
        card.subtitle = displayText(status.str("phase"), 40);
        card.state = stateOf(status.str("phase"));
        card.rect = QRectF(block.column * kPitch, block.row * (kHeight + kPitch - kWidth), kWidth, kHeight);
        card.cellsTop = kCellsTop;
        const qint64 nodes = spec.get("nodes").asInt(), simulated = spec.get("simulatedNodes").asInt(), masters = spec.get("masters").asInt(1);
        const qint64 ready = status.get("nodesReady").asInt(), mastersReady = status.get("mastersReady").asInt(-1);
        card.note = tr("%1 real and %2 simulated nodes").arg(nodes).arg(simulated);
        if (const auto all = nodes + simulated; all > 0)
            card.gauges.push_back({ tr("nodes"), tr("%1 of %2").arg(ready).arg(all), double(ready) / double(all), true });
        if (mastersReady >= 0)
            card.gauges.push_back({ tr("masters"), tr("%1 of %2").arg(mastersReady).arg(masters), double(mastersReady) / double(std::max<qint64>(1, masters)), true });
        scene.cards.push_back(std::move(card));
    }
    scene.finish();
    return scene;
}

} // namespace kates::app
